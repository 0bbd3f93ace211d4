import OutboundHTTP
import Sound

extension ServerConfiguration {
    mutating func readSound(_ source: SettingsSource) throws(SettingFault) {
        if let command = source[.speechCommand] {
            guard command.contains(where: { $0 != " " }) else {
                throw Self.fault(.speechCommand, "names no program; leave it out for espeak-ng")
            }
            speechCommand = command
        }
        soundCacheMegabytes = try Self.count(.soundCacheMegabytes, 1...1_000_000, source) ?? soundCacheMegabytes
        playMaxMegabytes = try Self.count(.playMaxMegabytes, 1...500, source) ?? playMaxMegabytes
        uploadsMaxFiles = try Self.count(.uploadsMaxFiles, 0...1_000_000, source) ?? uploadsMaxFiles
        uploadsMaxMegabytes = try Self.count(.uploadsMaxMegabytes, 0...1_000_000_000, source) ?? uploadsMaxMegabytes
    }

    /// How sounds are made and kept.
    func sound(publicURL: String) -> SoundSettings {
        var sound = SoundSettings(cacheFolder: soundsFolder, promptsFolder: promptsFolder, publicURL: publicURL)
        sound.speechCommand = speechCommand
        sound.maxCacheBytes = Int64(soundCacheMegabytes) * 1_000_000
        sound.maxFileBytes = playMaxMegabytes * 1_000_000
        return sound
    }

    /// How servers of customers' are called.
    var outbound: OutboundSettings {
        var settings = OutboundSettings()
        settings.authorities = customerAuthorities
        return settings
    }

    /// How sockets at servers of customers' are opened.
    var sockets: SocketSettings {
        var settings = streams.socket
        settings.authorities = customerAuthorities
        return settings
    }

    /// Which servers of customers' may be called.
    var destinations: DestinationPolicy {
        DestinationPolicy(allowedNetworks: webhookNetworks + (isSandbox ? DestinationPolicy.loopback : []))
    }
}
