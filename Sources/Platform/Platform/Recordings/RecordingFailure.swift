/// Why a recording will never be ready, as customers are told.
enum RecordingFailure: String {
    /// Its file is not there.
    case fileLost = "file_lost"
    /// The store has not taken it in all the time that it was tried.
    case storeUnavailable = "storage_unavailable"
    /// The machine that has its file has not been heard of.
    case nodeLost = "node_lost"
}
