extension VerbFields {
    /// An http or https URL, made absolute; nil when it is missing.
    mutating func url(_ name: String) -> String? {
        guard let text = text(name, upTo: WebURL.longest) else { return nil }
        do throws(VoiceURLs.Fault) {
            return try reader.urls.absolute(text)
        } catch {
            refuse(name, "'\(name)' \(error.description).")
            return nil
        }
    }

    /// An http or https URL that must be there.
    mutating func requiredURL(_ name: String) -> String {
        guard has(name) else { return requiredText(name, upTo: WebURL.longest) }
        return url(name) ?? ""
    }

    /// A sound; nil when it is missing.
    mutating func sound(_ name: String) -> PlayAction.Sound? {
        guard let text = text(name, upTo: WebURL.longest) else { return nil }
        do throws(VoiceURLs.Fault) {
            return try PlayAction.Sound(reading: text, urls: reader.urls)
        } catch {
            refuse(name, "'\(name)' \(error.description).")
            return nil
        }
    }

    /// A telephone number; nil when it is missing.
    mutating func phoneNumber(_ name: String) -> String? {
        guard let text = text(name, upTo: 64) else { return nil }
        return phoneNumber(text, at: path(of: name))
    }

    /// A telephone number at a path; nil when it is none.
    mutating func phoneNumber(_ text: String, at path: String) -> String? {
        do throws(PlatformError) {
            return try PhoneNumber(parsing: text, field: path).e164
        } catch {
            add([FieldFault(path, error.message, code: error.code)])
            return nil
        }
    }

    /// What is played meanwhile: `say`, `play` and `pause`.
    mutating func prompts(_ name: String) -> [VoiceAction] {
        switch value(name) {
        case nil: return []
        case .actions(let items): return items.prefix(VoiceActionParser.longest).compactMap { prompt($0) }
        case .json, .text:
            refuse(name, "'\(name)' must be an array of actions.")
            return []
        }
    }

    private mutating func prompt(_ item: VerbItem) -> VoiceAction? {
        switch item {
        case .faulty(let found):
            add(found)
            return nil
        case .verb(let node):
            guard VoiceVerb.prompts.contains(node.verb) else {
                let message = "Only say, play and pause can be inside of '\(verb.rawValue)'."
                add([FieldFault(node.path, message)])
                return nil
            }
            let (action, found) = reader.read(node)
            add(found)
            return action
        }
    }
}
