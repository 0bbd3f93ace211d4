extension Workspace {
    /// What the operator allows the workspace: what was set for it, and the defaults for the rest.
    func bound(_ settings: PlatformSettings) -> Limits {
        var defaults = Limits()
        if settings.maxConcurrentCalls > 0 { defaults.concurrentCalls = Int64(settings.maxConcurrentCalls) }
        if settings.callsPerSecond > 0 { defaults.callsPerSecond = Int64(settings.callsPerSecond) }
        defaults.longestCallSeconds = settings.longestCall.components.seconds
        return operatorLimits.over(defaults)
    }

    /// What holds for the workspace. High-risk ranges need the operator's word and the workspace's.
    func limits(_ settings: PlatformSettings) -> Limits {
        var limits = bound(settings).narrowed(by: ownLimits)
        let allowed = operatorLimits.highRiskPrefixes ?? []
        limits.highRiskPrefixes = (ownLimits.highRiskPrefixes ?? []).filter(allowed.contains)
        return limits
    }
}
