import Domain
import TestSupport
import Testing

@testable import MQTT

@Suite struct `Topic aliases` {
    private var aliases = TopicAliases(maximum: 2)
    private var packet: Int32 = 0

    /// Sends a message and gets its PUBACK.
    private mutating func send(_ topic: String, answered isTaken: Bool = true) -> TopicAliases.Form {
        let form = aliases.form(of: topic)
        packet += 1
        aliases.sent(topic, as: form, packet: packet)
        aliases.answered(packet: packet, isTaken: isTaken)
        return form
    }

    @Test mutating func `stand for a topic from the second message's PUBACK on`() {
        #expect(send("a") == .plain)
        let form = aliases.form(of: "a")
        #expect(form == .defining(1))
        aliases.sent("a", as: form, packet: 9)
        #expect(aliases.form(of: "a") == .plain)
        aliases.answered(packet: 9, isTaken: true)
        #expect(aliases.form(of: "a") == .alias(1))
    }

    @Test mutating func `are not defined by a message that the library did not take`() {
        _ = send("a")
        #expect(aliases.form(of: "a") == .defining(1))
        #expect(aliases.form(of: "a") == .defining(1))
        _ = send("b")
        #expect(send("b") == .defining(1))
        #expect(send("b") == .alias(1))
    }

    @Test mutating func `are not defined by a message that the broker refused`() {
        _ = send("a")
        #expect(send("a", answered: false) == .defining(1))
        #expect(send("a") == .defining(1))
        #expect(send("a") == .alias(1))
    }

    @Test mutating func `are taken over by a much busier topic`() {
        for topic in ["a", "a", "b", "b"] { _ = send(topic) }
        for _ in 0..<4 { _ = send("a") }
        #expect(send("c") == .plain)
        for _ in 0..<5 { #expect(send("c") == .plain) }
        #expect(send("c") == .defining(2))
        #expect(send("c") == .alias(2))
        #expect(send("b") == .plain)
        #expect(send("a") == .alias(1))
    }

    @Test func `are none where the broker takes none`() {
        var aliases = TopicAliases(maximum: 0)
        for _ in 0..<5 { #expect(aliases.form(of: "a") == .plain) }
    }
}
