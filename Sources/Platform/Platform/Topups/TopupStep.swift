/// What is known of a push, for those who work at it.
enum TopupStep: String {
    /// The phone has not been asked.
    case created
    /// Somebody is asking it: when nobody says what came of that, it may have been asked.
    case asking
    /// The phone has been asked, or may have been.
    case asked
    /// There is nothing more to do.
    case done
}
