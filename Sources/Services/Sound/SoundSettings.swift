/// How sounds are made and kept, each with its default.
package struct SoundSettings: Sendable {
    /// What speaks: a program and its arguments, divided by spaces, never seen by a shell. It is given the text on its
    /// standard input and gives a WAV file on its standard output. `{language}` becomes `en` or `sw`, `{voice}` becomes
    /// `woman` or `man`, and `{gender}` becomes `f` or `m`.
    package static let standardSpeechCommand = "espeak-ng -v {language}+{gender}3 -s 150 --stdin --stdout"

    /// What speaks.
    package var speechCommand = SoundSettings.standardSpeechCommand
    /// How long a piece of speech may take to be made; default 10 s.
    package var speechTimeout: Duration = .seconds(10)
    /// How long a file may take to be decoded; default 20 s.
    package var decodeTimeout: Duration = .seconds(20)
    /// How long a file may take to be fetched; default 10 s.
    package var fetchTimeout: Duration = .seconds(10)
    /// The most bytes of a file that is played or uploaded; default 20 MB.
    package var maxFileBytes = 20_000_000
    /// The longest sound; default 10 minutes.
    package var longestSound: Duration = .seconds(600)
    /// Programs under way at once; default 4.
    package var maxPrograms = 4
    /// Programs that wait for their turn; default 256.
    package var maxWaiting = 256
    /// Where made sounds are kept; several nodes may share it.
    package var cacheFolder: String
    /// The most bytes of them; what was not heard for longest goes first; default 512 MB.
    package var maxCacheBytes: Int64 = 512_000_000
    /// The most bytes of samples in memory; default 64 MB.
    package var maxMemoryBytes = 64_000_000
    /// For how long a file of the web is fresh whose server does not say; default 60 s.
    package var standardFreshness: Duration = .seconds(60)
    /// For how long it is fresh at most, whatever its server says; default a day.
    package var longestFreshness: Duration = .seconds(86_400)
    /// Where prompts are: `NAME.wav` or `NAME.mp3`.
    package var promptsFolder: String
    /// Where this server is reached, without a slash at the end: links to uploads begin with it.
    package var publicURL: String
    /// Sounds of a document that are made before they are needed; default 10.
    package var maxAhead = 10

    /// Names what has no default.
    package init(cacheFolder: String, promptsFolder: String, publicURL: String) {
        self.cacheFolder = cacheFolder
        self.promptsFolder = promptsFolder
        self.publicURL = publicURL
    }
}
