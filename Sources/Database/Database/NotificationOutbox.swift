/// The channels that a transaction wants to wake when it commits. Lives on the connection's thread.
final class NotificationOutbox {
    var channels: Set<String> = []
}
