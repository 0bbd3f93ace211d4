import Platform
import Primitives
import Testing

@testable import Notifications

@Suite struct DeliveryQueueTests {
    private let ids = SeededIdentifierSource(seed: 7, clock: ManualWallClock())
    private let start = ContinuousClock.now

    private func delivery(_ url: String) -> Delivery {
        Delivery.sample(id: ids.next(), url: url)
    }

    @Test func receiversTakeTurns() {
        var settings = WebhookSettings()
        settings.maxConcurrentPerHost = 2
        var queue = DeliveryQueue(settings: settings)
        for _ in 0..<5 { queue.add(delivery("http://slow/"), receiver: "slow", at: start) }
        queue.add(delivery("http://fast/"), receiver: "fast", at: start)
        let order = [queue.next()?.receiver, queue.next()?.receiver, queue.next()?.receiver, queue.next()?.receiver]
        #expect(order == ["slow", "fast", "slow", nil])
        queue.finish("slow")
        #expect(queue.next()?.receiver == "slow")
        #expect(queue.next() == nil)
        #expect(queue.waitingCount == 2)
        #expect(queue.runningCount == 3)
    }

    @Test func allPlacesTogetherAreBounded() {
        var settings = WebhookSettings()
        settings.maxConcurrent = 3
        var queue = DeliveryQueue(settings: settings)
        for index in 0..<5 { queue.add(delivery("http://r\(index)/"), receiver: "r\(index)", at: start) }
        #expect((0..<5).compactMap { _ in queue.next()?.receiver } == ["r0", "r1", "r2"])
    }

    @Test func whatWaitsTooLongGoesBack() {
        var settings = WebhookSettings()
        settings.maxConcurrentPerHost = 1
        var queue = DeliveryQueue(settings: settings)
        queue.add(delivery("http://slow/1"), receiver: "slow", at: start)
        _ = queue.next()
        queue.add(delivery("http://slow/2"), receiver: "slow", at: start)
        queue.add(delivery("http://slow/3"), receiver: "slow", at: start + .seconds(5))
        #expect(queue.takeSurplus(at: start + .seconds(9)).isEmpty)
        #expect(queue.takeSurplus(at: start + .seconds(10)).map(\.url) == ["http://slow/2"])
        queue.finish("slow")
        #expect(queue.next()?.delivery.url == "http://slow/3")
    }

    @Test func theLongestLineMakesRoom() {
        var settings = WebhookSettings()
        settings.maxWaiting = 6
        var queue = DeliveryQueue(settings: settings)
        for index in 0..<5 { queue.add(delivery("http://a/\(index)"), receiver: "a", at: start) }
        queue.add(delivery("http://b/0"), receiver: "b", at: start)
        #expect(queue.room == 0)
        #expect(queue.takeSurplus(at: start).map(\.url) == ["http://a/2", "http://a/3", "http://a/4"])
        #expect(queue.room == 3)
        #expect(queue.takeAll().count == 3)
        #expect(queue.next() == nil)
    }
}
