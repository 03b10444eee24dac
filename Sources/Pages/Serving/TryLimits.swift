package import Domain

/// Says how often a PIN may be tried: five times from one address, then ever more seldom, and all addresses together so
/// seldom that guessing takes years. It has no clock.
package struct TryLimits: Sendable {
    private struct Tries {
        var wrong = 0
        var freeFrom: Uptime
        var last: Uptime
    }

    private static let free = 5
    private static let firstWait = Duration.seconds(10)
    private static let longestWait = Duration.seconds(900)
    /// Wrong tries of all addresses together within an hour, before each has to wait.
    private static let freeOfAll = 60
    private static let waitOfAll = Duration.seconds(30)
    private static let mostAddresses = 1_000

    /// An address that gave the right PIN does not wait for what others do, for a day.
    private static let trust = Duration.seconds(86_400)

    private var addresses: [String: Tries] = [:]
    private var trusted: [String: Uptime] = [:]
    private var wrongOfAll = 0
    private var hourBegan: Uptime?
    private var allFreeFrom: Uptime?

    package init() {}

    /// How long an address must wait before its next try; nil when it may try now.
    package func wait(of address: String, now: Uptime) -> Duration? {
        let isTrusted = trusted[address].map { now - $0 < Self.trust } ?? false
        let until = [addresses[address]?.freeFrom, isTrusted ? nil : allFreeFrom].compactMap(\.self).max()
        guard let until, until > now else { return nil }
        return until - now
    }

    /// Notes a wrong PIN.
    package mutating func failed(from address: String, now: Uptime) {
        forgetOldest()
        var tries = addresses[address] ?? Tries(freeFrom: now, last: now)
        tries.wrong += 1
        tries.last = now
        if tries.wrong >= Self.free {
            let doublings = min(tries.wrong - Self.free, 7)
            tries.freeFrom = now + min(Self.firstWait * (1 << doublings), Self.longestWait)
        }
        addresses[address] = tries
        if hourBegan.map({ now - $0 > .seconds(3_600) }) ?? true { (hourBegan, wrongOfAll) = (now, 0) }
        wrongOfAll += 1
        if wrongOfAll > Self.freeOfAll { allFreeFrom = now + Self.waitOfAll }
    }

    /// A right PIN begins anew for its address.
    package mutating func succeeded(from address: String, now: Uptime) {
        addresses[address] = nil
        if trusted.count >= Self.mostAddresses, let oldest = trusted.min(by: { $0.value < $1.value }) {
            trusted[oldest.key] = nil
        }
        trusted[address] = now
    }

    private mutating func forgetOldest() {
        guard addresses.count >= Self.mostAddresses, let oldest = addresses.min(by: { $0.value.last < $1.value.last })
        else { return }
        addresses[oldest.key] = nil
    }
}
