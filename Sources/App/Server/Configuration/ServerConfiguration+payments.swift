import Foundation
import Payments
import Primitives

extension ServerConfiguration {
    /// Networks with commas between; nil when nothing is said.
    static func networks(_ setting: Setting, _ source: SettingsSource) throws(SettingFault) -> [IPNetwork]? {
        guard let text = source[setting] else { return nil }
        var networks: [IPNetwork] = []
        for part in text.split(separator: ",").map({ $0.trimmingCharacters(in: .whitespaces) }) {
            guard let network = IPNetwork(parsing: part) else {
                throw fault(setting, "'\(part)' is not a network such as 10.0.0.0/8")
            }
            networks.append(network)
        }
        return networks
    }

    /// All that M-Pesa needs, or nothing of it.
    static func daraja(_ source: SettingsSource) throws(SettingFault) -> DarajaSettings? {
        let needed: [Setting] = [.mpesaConsumerKey, .mpesaConsumerSecret, .mpesaShortCode, .mpesaPasskey]
        let values = needed.compactMap { source[$0] }
        if values.isEmpty { return nil }
        guard values.count == needed.count else {
            let missing = needed.filter { source[$0] == nil }.map(\.environmentName).joined(separator: ", ")
            throw fault(needed.first { source[$0] == nil } ?? .mpesaPasskey, "M-Pesa needs this, too: \(missing)")
        }
        guard (5...7).contains(values[2].count), values[2].allSatisfy(\.isNumber) else {
            throw fault(.mpesaShortCode, "'\(values[2])' is not a Paybill number of 5 to 7 digits")
        }
        guard source[.publicURL] != nil else {
            throw fault(.publicURL, "M-Pesa needs it, to tell of payments: https://api.example.co.ke")
        }
        var settings = DarajaSettings(
            baseURL: source[.mpesaURL] ?? Setting.mpesaURL.defaultValue ?? "",
            consumerKey: values[0],
            consumerSecret: values[1],
            shortCode: values[2],
            passkey: values[3]
        )
        guard let url = URLComponents(string: settings.baseURL), ["https", "http"].contains(url.scheme), url.host != nil
        else {
            throw fault(.mpesaURL, "'\(settings.baseURL)' is not a URL such as https://api.safaricom.co.ke")
        }
        settings.baseURL = settings.baseURL.hasSuffix("/") ? String(settings.baseURL.dropLast()) : settings.baseURL
        settings.nominatedPhone = source[.mpesaPullPhone]
        return settings
    }
}
