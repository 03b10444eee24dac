import Domain
import Serving
import TestSupport
import Testing

@Suite struct `Trying PINs` {
    private let clock = HandClock()

    @Test func `is free five times, and then waits ever longer`() {
        var limits = TryLimits()
        for _ in 0..<4 { limits.failed(from: "a", now: clock.uptime()) }
        #expect(limits.wait(of: "a", now: clock.uptime()) == nil)
        limits.failed(from: "a", now: clock.uptime())
        #expect(limits.wait(of: "a", now: clock.uptime()) == .seconds(10))
        clock.advance(by: .seconds(10))
        #expect(limits.wait(of: "a", now: clock.uptime()) == nil)
        limits.failed(from: "a", now: clock.uptime())
        #expect(limits.wait(of: "a", now: clock.uptime()) == .seconds(20))
        for _ in 0..<20 { limits.failed(from: "a", now: clock.uptime()) }
        #expect(limits.wait(of: "a", now: clock.uptime()) == .seconds(900))
    }

    @Test func `of one address keeps no other out`() {
        var limits = TryLimits()
        for _ in 0..<20 { limits.failed(from: "a", now: clock.uptime()) }
        #expect(limits.wait(of: "b", now: clock.uptime()) == nil)
    }

    @Test func `begins anew after the right one`() {
        var limits = TryLimits()
        for _ in 0..<4 { limits.failed(from: "a", now: clock.uptime()) }
        limits.succeeded(from: "a", now: clock.uptime())
        limits.failed(from: "a", now: clock.uptime())
        #expect(limits.wait(of: "a", now: clock.uptime()) == nil)
    }

    @Test func `from a thousand addresses is slow for all of them`() {
        var limits = TryLimits()
        for number in 0..<61 { limits.failed(from: "a\(number)", now: clock.uptime()) }
        #expect(limits.wait(of: "new", now: clock.uptime()) == .seconds(30))
    }

    @Test func `of strangers keeps nobody out who gave the right one today`() {
        var limits = TryLimits()
        limits.succeeded(from: "technician", now: clock.uptime())
        for number in 0..<61 { limits.failed(from: "a\(number)", now: clock.uptime()) }
        #expect(limits.wait(of: "technician", now: clock.uptime()) == nil)
        clock.advance(by: .seconds(86_400))
        limits.failed(from: "b", now: clock.uptime())
        for number in 0..<61 { limits.failed(from: "c\(number)", now: clock.uptime()) }
        #expect(limits.wait(of: "technician", now: clock.uptime()) == .seconds(30))
    }

    @Test func `is compared as a whole, and not at all where the box has none`() {
        let guardian = PINGuard(pin: "246810", time: clock)
        #expect(guardian.check("246810", from: "a") == .right)
        for wrong in ["24681", "2468100", "", "246811", "\u{0}246810"] {
            #expect(guardian.check(wrong, from: wrong) == .wrong)
        }
        for pin in [nil, ""] { #expect(PINGuard(pin: pin, time: clock).check("", from: "a") == .wrong) }
    }

    @Test func `is refused even with the right one while it must wait`() {
        let guardian = PINGuard(pin: "246810", time: clock)
        for _ in 0..<5 { #expect(guardian.check("111111", from: "2001:db8:1:2::7") == .wrong) }
        // Another address of the same subscriber.
        #expect(guardian.check("246810", from: "2001:db8:1:2::8") == .wait(seconds: 11))
        clock.advance(by: .seconds(11))
        #expect(guardian.check("246810", from: "2001:db8:1:2::8") == .right)
    }

    @Test func `reads the password of a browser's or a scraper's header`() {
        #expect(PINGuard.password(ofAuthorization: "Basic b3BlcmF0b3I6MjQ2ODEw") == "246810")
        #expect(PINGuard.password(ofAuthorization: "basic OmE6Yg==") == "a:b")
        for wrong in ["Basic", "Basic !!", "Bearer x", "Basic YQ=="] {
            #expect(PINGuard.password(ofAuthorization: wrong) == nil)
        }
    }
}
