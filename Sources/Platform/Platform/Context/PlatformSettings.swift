/// The limits and rules of the business, each with its default.
package struct PlatformSettings: Sendable {
    /// What everything costs until the operator sets other prices.
    package var prices = PriceList()
    /// Who sells, as statements name it.
    package var company = Company()
    /// Where this server is reached, without a slash at the end; nil when nobody has said.
    package var publicURL: String?
    /// How long before it begins a raise is announced (seed: 30 days).
    package var priceNotice: Duration = .seconds(30 * 86_400)
    /// How long before it begins any change of prices is stored; longer than `priceCacheLifetime`, so that all nodes change
    /// together. Default 60 s.
    package var priceLead: Duration = .seconds(60)
    /// How long prices are believed without asking the database. Default 30 s.
    package var priceCacheLifetime: Duration = .seconds(30)
    /// East of UTC, for months and days of billing; Africa/Nairobi keeps three hours all year.
    package var timeZoneOffset: Duration = .seconds(3 * 3600)
    /// Calls of one workspace that may be live at once; 0 is no limit. Default 100.
    package var maxConcurrentCalls = 100
    /// Calls of one workspace that may be dialled in a second; 0 is no limit, which is the default.
    package var callsPerSecond = 0
    /// How long a call may wait for its turn when its workspace places them faster than that. Default 30 s.
    package var longestDialQueue: Duration = .seconds(30)
    /// The longest call. Default 4 hours.
    package var longestCall: Duration = .seconds(4 * 3600)
    /// Play money of a workspace's test twin when it is made, in minor units: KES 10,000.
    package var testCreditMinor: Int64 = 10_000_00
    /// What one top-up may be, in minor units: KES 100 to KES 150,000 (seed: "Wallet top-up").
    package var topupRangeMinor: ClosedRange<Int64> = 100_00...150_000_00
    /// Whether real phones can be asked to pay.
    package var takesLiveTopups = true
    /// Whether pretended phones can be asked for play money.
    package var takesTestTopups = true
    /// How long somebody may be busy with a top-up before another may go on with it. Default 90 s.
    package var gatewayLease: Duration = .seconds(90)
    /// How long an unpaid number is kept before it goes back to the inventory (seed: 7 days).
    package var rentalGrace: Duration = .seconds(7 * 86_400)
    /// How long a number must have been active before it may be ported away. Default 30 days (facts section 11.1).
    package var portOutAge: Duration = .seconds(30 * 86_400)
    /// What becomes of calls to a number or workspace that is suspended. Default `reject`.
    package var inboundToSuspended = InboundPolicy.reject
    /// What becomes of calls to a workspace whose wallet is empty. Default `accept`: they cost nothing.
    package var inboundToEmptyWallet = InboundPolicy.accept
    /// Whom the SIP URIs of `dial` may name. Default nobody.
    package var sipDestinations = SIPAllowList.none
    /// What devices may register.
    package var registrations = RegistrationLimits()
    /// How long a phone rings when the request does not say. Default 60 s.
    package var ringTimeout: Duration = .seconds(60)
    /// The longest ring a request may ask for. Default 120 s.
    package var maxRingTimeout: Duration = .seconds(120)
    /// How long a presigned recording URL works (seed: one hour).
    package var recordingLinkLifetime: Duration = .seconds(3600)
    /// For how many days recordings are kept when the workspace does not say (seed: 30).
    package var recordingRetentionDays: Int64 = 30
    /// Audio files that a workspace keeps. Default 500.
    package var maxUploads: Int64 = 500
    /// Bytes of them together. Default 1 GB.
    package var maxUploadedBytes: Int64 = 1_000_000_000
    /// How long a link to an uploaded file works (facts section 7.9: 7 days).
    package var uploadLinkLifetime: Duration = .seconds(7 * 86_400)
    /// How long a used `Idempotency-Key` is remembered (facts section 3: 24 hours).
    package var idempotencyLifetime: Duration = .seconds(86_400)
    /// How long events, what came of their deliveries and the timelines of calls are kept. Default 90 days; a delivery that was
    /// given up is kept for 7 at least (facts section 9).
    package var historyLifetime: Duration = .seconds(90 * 86_400)
    /// A node whose heartbeat is older than this is dead. Default 5 s.
    package var nodeTimeout: Duration = .seconds(5)
    /// A call that no voice node has taken for this long fails. Default 60 s.
    package var dialTimeout: Duration = .seconds(60)
    /// A call that was neither answered nor ended for this long fails, whoever runs it: longer than all trunks can ring
    /// one after another. Default 30 min.
    package var unansweredTimeout: Duration = .seconds(1800)
    /// A recording that has not come for this long after its call is lost. Default 10 min.
    package var recordingPatience: Duration = .seconds(600)
    /// How long a node may be busy with storing a recording, unless it says so again, before another may. Default 60 s.
    package var recordingLease: Duration = .seconds(60)
    /// How long the files of a recording that could not be stored are kept for the operator. Default 7 days.
    package var failedRecordingLifetime: Duration = .seconds(7 * 86_400)
    /// How long nobody may come to store a recording before it is given up. Default 2 days.
    package var lostRecordingPatience: Duration = .seconds(2 * 86_400)
    /// How long a subscription may fail before it is disabled. Default 5 days.
    package var failingLimit: Duration = .seconds(5 * 86_400)
    /// How long a deliverer may hold a webhook before another may try it. Default 30 s.
    package var deliveryLease: Duration = .seconds(30)
    /// How long an authenticated key is believed without asking the database. Default 2 s.
    package var keyCacheLifetime: Duration = .seconds(2)
    /// How often the last use of keys is stored. Default 60 s.
    package var keyUseInterval: Duration = .seconds(60)
    /// How long a link to sign in works (facts section 16.1: 15 minutes).
    package var signInLinkLifetime: Duration = .seconds(900)
    /// Links to sign in that one e-mail address may ask for in an hour. Default 5.
    package var signInLinksPerEmail = 5
    /// Links to sign in that one network address may ask for in an hour. Default 30.
    package var signInLinksPerAddress = 30
    /// How long a session lasts after signing in. Default 30 days.
    package var sessionLifetime: Duration = .seconds(30 * 86_400)
    /// How long an invitation can be accepted (seed: 7 days).
    package var invitationLifetime: Duration = .seconds(7 * 86_400)
    /// How long the link works by which an address asks for alerts. Default 7 days.
    package var alertLinkLifetime: Duration = .seconds(7 * 86_400)
    /// How long somebody may hold a mail before another may try it. Default 60 s.
    package var mailLease: Duration = .seconds(60)

    /// Whether top-ups can be asked for.
    func takesTopups(isTest: Bool) -> Bool { isTest ? takesTestTopups : takesLiveTopups }

    /// Makes the default rules.
    package init() {}
}
