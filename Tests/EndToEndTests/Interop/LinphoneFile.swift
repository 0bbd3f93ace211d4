import TestSupport

/// linphone's configuration file.
enum LinphoneFile {
    /// A telephone with an account, on loopback and without a sound card.
    static func text(_ account: TelephoneAccount) -> String {
        let port = FreePort.any()
        // Zero closes a transport.
        let ports = ["udp": "sip_port", "tcp": "sip_tcp_port", "tls": "sip_tls_port"]
            .map { "\($0.value)=\($0.key == account.transport ? port : 0)" }.sorted()
        return """
            [sip]
            \(ports.joined(separator: "\n"))
            guess_hostname=0
            use_ipv6=0
            auto_net_state_mon=0
            register_only_when_network_is_up=0
            media_encryption=\(account.encryption == .sdes ? "srtp" : "none")
            media_encryption_mandatory=\(account.encryption == .sdes ? 1 : 0)
            root_ca=\(account.certificate)
            verify_server_certs=1
            verify_server_cn=1
            default_proxy=0
            [proxy_0]
            reg_proxy=<sip:\(account.host):\(account.port);transport=\(account.transport)>
            reg_identity=sip:\(account.username)@\(account.host)
            reg_expires=60
            reg_sendregister=1
            [auth_info_0]
            username=\(account.username)
            passwd=\(account.password)
            [audio_codec_0]
            mime=\(account.law)
            rate=8000
            channels=1
            enabled=1
            [net]
            mtu=1300
            [rtp]
            audio_rtp_port=\(FreePort.any())
            [sound]
            playback_dev_id=none
            ringer_dev_id=none
            capture_dev_id=none
            echocancellation=0
            [misc]
            add_missing_audio_codecs=0
            lime_x3dh_enabled=0
            version_check_url_root=

            """
    }
}
