import Platform

extension SoundError {
    /// What an upload is answered with.
    var refusal: PlatformError {
        switch self {
        case .notAudio, .tooLong, .tooLarge, .nothingToSay:
            PlatformError(.uploadNotAudio, "This cannot be kept: \(self).", field: "file")
        case .unknown, .fetch, .status, .timeout, .programMissing, .programFailed, .busy, .storage:
            PlatformError(.serviceUnavailable, "The file could not be looked at: \(self). Try again.")
        }
    }
}
