import MediaEngine
import SDPWire

/// What a door knows of one browser: its credentials, and those before a restart of ICE, whose checks may still come.
struct DoorEntry {
    private let door: BrowserDoor
    private let leg: MediaLeg
    private var fragments: [String] = []

    init(_ door: BrowserDoor, _ leg: MediaLeg, _ credentials: ICECredentials) {
        self.door = door
        self.leg = leg
        renew(credentials)
    }

    mutating func renew(_ credentials: ICECredentials) {
        door.expect(credentials, on: leg)
        fragments.append(credentials.fragment)
        if fragments.count > 2 { door.forget(fragments.removeFirst()) }
    }

    func leave() {
        for fragment in fragments { door.forget(fragment) }
    }
}
