package import OutboundHTTP

/// Why something cannot be heard. The words may be shown to the customer: no path, no child's words and no secret is in them.
package enum SoundError: Error, CustomStringConvertible {
    /// There is no such prompt or upload.
    case unknown(String)
    /// The web server gave no answer.
    case fetch(OutboundFailure)
    /// It answered with another status than 200.
    case status(Int)
    /// What it is said to be is not audio that is understood: WAV or MP3.
    case notAudio
    /// It takes longer to hear than this.
    case tooLong(limit: Duration)
    /// It is larger than this.
    case tooLarge(limitBytes: Int)
    /// There is nothing to say in the text.
    case nothingToSay
    /// A program that makes sound took longer than this.
    case timeout(program: String, limit: Duration)
    /// A program that makes sound is not installed or could not be started.
    case programMissing(String)
    /// A program that makes sound gave up.
    case programFailed(String)
    /// Too much waits to be made already.
    case busy
    /// Our own storage failed.
    case storage

    /// For timelines of calls.
    package var description: String {
        switch self {
        case .unknown(let name): "there is no sound '\(name)'"
        case .fetch(let failure): failure.description
        case .status(let code): "the server answered with the status \(code)"
        case .notAudio: "this is not audio that can be played: WAV or MP3"
        case .tooLong(let limit): "the audio is longer than \(limit)"
        case .tooLarge(let limit): "the audio is larger than \(limit) bytes"
        case .nothingToSay: "there is nothing to say in the text"
        case .timeout(let program, let limit): "\(program) took longer than \(limit)"
        case .programMissing(let program): "\(program) cannot be started on this server"
        case .programFailed(let program): "\(program) failed"
        case .busy: "too many sounds are being made at once"
        case .storage: "the sound could not be stored or read"
        }
    }
}
