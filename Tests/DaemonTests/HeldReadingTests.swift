import Foundation
import TestSupport
import Testing

extension Daemon {
    /// A device whose readings go out by exception, polled for real.
    @Suite struct `Held readings` {
        private let meter = CountingPeer()
        private let broker: BrokerProcess
        private let subscriber: Subscriber
        private let box: GatewayBox

        init() throws {
            broker = try BrokerProcess()
            subscriber = try Subscriber(broker)
            box = try GatewayBox()
        }

        /// The meter counts three with each poll.
        private func configure(deadband: Int = 100) throws {
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                devices:
                  gate:
                    profile: counter
                    bus: net
                    unit: 1
                    site: pond
                    interval: 50ms
                    send: { when: changed, deadband: { passed: \(deadband) }, at_least_every: 1min }
                """
            )
        }

        private func isReading(_ message: Message) -> Bool {
            message.topic.hasSuffix("/box-1/pond/gate") && message.json["points"] != .absent
                && !message.topic.contains("/meta/")
        }

        private var readings: [Message] { subscriber.messages.filter(isReading) }

        /// How many polls the messages account for.
        private func polls(_ readings: [Message]) -> Int {
            readings.reduce(0) { $0 + 1 + ($1.json["held"].integer ?? 0) }
        }

        @Test func `and those that went out are all polls, over a reload and a stop`() throws {
            try configure()
            try box.start()
            try #require(subscriber.all(3, isReading) != nil)
            try configure(deadband: 90)
            box.process?.signal(SIGHUP)
            try #require(subscriber.first { $0.event == "configuration" } != nil)
            try #require(subscriber.all(6, isReading) != nil)
            #expect(box.terminate().status == 0)
            try #require(subscriber.event("stop") != nil)
            let epoch = try #require(subscriber.event("start")?.epoch)
            let all = subscriber.messages.of(epoch: epoch)
            let stop = try #require(all.first { $0.event == "stop" }?.seq)
            #expect(all.contiguousThrough == stop)
            #expect(polls(readings) == meter.asked)
            #expect(readings.count < meter.asked / 5)
            // The last total that went out is the last that the meter gave, and the increases lead to it.
            let totals = readings.compactMap { $0.point("passed")["value"].integer }
            let sum = readings.compactMap { $0.point("passed")["increase"].integer }.reduce(0, +)
            #expect(totals.last == meter.asked * 3)
            #expect(totals.first.map { $0 + sum } == totals.last)
            // From message to message.
            for (before, reading) in zip(readings, readings.dropFirst()) {
                #expect(reading.point("passed")["since"] == before.json["time"])
                if let until = reading.json["held_until"].string, let time = reading.json["time"].string,
                    let earlier = before.json["time"].string
                {
                    #expect(earlier < until && until < time)
                }
            }
        }

        @Test func `that a kill lost are told, and no total is`() throws {
            try configure()
            try box.start()
            try #require(subscriber.all(3, isReading) != nil)
            box.kill()
            try box.start()
            let start = try #require(
                subscriber.first { $0.event == "start" && $0.json["data"]["previous"] != .absent }
            )
            #expect(start.json["data"]["holds_lost"] == 1)
            let epoch = start.epoch
            try #require(subscriber.first { isReading($0) && $0.epoch == epoch } != nil)
            let reading = try #require(readings.first { $0.epoch == epoch })
            // Its increase reaches back to a message before the kill.
            let since = try #require(reading.point("passed")["since"].string)
            let before = try #require(readings.first { $0.json["time"].string == since })
            let increase = try #require(reading.point("passed")["increase"].integer)
            #expect(before.epoch != epoch)
            #expect(
                before.point("passed")["value"].integer.map { $0 + increase }
                    == reading.point("passed")["value"].integer
            )
            #expect(box.terminate().status == 0)
        }
    }
}
