import Glibc
import Logging

/// How many files and sockets this process may open; a call takes four, a webhook or an API connection one.
enum FileLimit {
    /// The most that this user may have.
    static var hard: UInt64 { current().map { UInt64($0.rlim_max) } ?? 0 }

    /// Raises the limit to what is allowed.
    static func raise(logger: Logger) {
        guard var limit = current(), limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        if unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) != 0 {
            logger.warning("the limit of open files could not be raised", metadata: ["errno": "\(errno)"])
        }
    }

    private static func current() -> rlimit? {
        var limit = rlimit()
        let result = unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return result == 0 ? limit : nil
    }
}
