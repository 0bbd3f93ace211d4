import Platform

extension ManageLimits.View {
    /// What `--json` prints.
    var json: JSONValue {
        [
            "effective": effective.json, "operator": bound.json, "workspace": own.json,
            "committed_today_minor": .integer(committedTodayMinor),
        ]
    }

    /// A line for each limit that holds, and what was spent.
    var lines: [String] {
        effective.json.members.map { member in
            let value = member.value == .null ? "no limit" : member.value.text
            return member.name + String(repeating: " ", count: max(24 - member.name.count, 1)) + value
        } + ["committed today         \(Shillings.text(minor: committedTodayMinor))"]
    }
}
