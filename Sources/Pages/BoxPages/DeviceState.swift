package import Control
package import Domain
package import PageParts
import Speech

/// How a device stands: one word, why, and what to check.
package struct DeviceState: Sendable {
    package var badge: Badge
    /// What was seen; nil where all is well.
    package var seen: String?
    /// What to check first; nil where there is nothing to do.
    package var check: String?

    package init(_ device: DeviceStatus, on bus: BusStatus?, now: Instant, telling: Telling) {
        guard let answers = device.answering else {
            badge = Badge(.unknown, telling.text(PagePhrase.nothingYet))
            if let bus, !bus.connected { (seen, check) = Self.busTrouble(bus, telling) }
            return
        }
        if !answers {
            badge = Badge(.bad, telling.text(PagePhrase.trouble))
            let silence = Self.silence(of: device, now: now, telling)
            let reason = (device.reason ?? device.points.lazy.compactMap(\.reason).first).flatMap { Reason(word: $0) }
            seen = [silence, reason.map { telling.text($0.meaning) }].compactMap(\.self).joined(separator: ": ")
            check = reason.map { telling.text($0.check(serialPort: bus?.serialPort)) }
            if let bus, !bus.connected { (seen, check) = Self.busTrouble(bus, telling, silence) }
            return
        }
        let unsure = device.points.filter { $0.quality != QualityPhrase.good.rawValue }
        guard let first = unsure.first(where: { $0.quality == QualityPhrase.bad.rawValue }) ?? unsure.first else {
            badge = Badge(.good, telling.text(PagePhrase.good))
            return
        }
        let isAll = unsure.count == device.points.count && first.quality == QualityPhrase.bad.rawValue
        badge = isAll ? Badge(.bad, telling.text(PagePhrase.trouble)) : Badge(.unsure, telling.text(PagePhrase.unsure))
        let reason = first.reason.flatMap { Reason(word: $0) }
        let title = telling.language.title(first.name, first.shown?.label)
        let words =
            first.why.map { WhyPhrase.said($0, in: telling.language) } ?? reason.map { telling.text($0.meaning) }
        seen = [title, words ?? first.reason].compactMap(\.self).joined(separator: ": ")
        check = reason.map { telling.text($0.check(serialPort: bus?.serialPort)) }
    }

    /// Since when there is no value: a device that is not down yet has had its last one some seconds ago.
    private static func silence(of device: DeviceStatus, now: Instant, _ telling: Telling) -> String {
        if let since = device.downSince {
            return telling.text(PagePhrase.silentSince, telling.moment(since, now: now))
        }
        guard let age = device.ageMilliseconds else { return telling.text(PagePhrase.neverAnswered) }
        return telling.text(PagePhrase.silentSince, telling.moment(now + .milliseconds(-age), now: now))
    }

    private static func busTrouble(
        _ bus: BusStatus,
        _ telling: Telling,
        _ silence: String? = nil
    ) -> (String?, String?) {
        guard let (seen, next) = bus.fault?.sentences else { return (silence ?? bus.error, nil) }
        return ([silence, telling.text(seen)].compactMap(\.self).joined(separator: ": "), telling.text(next))
    }
}

extension BusStatus {
    /// The path of its port, where it is a serial line on this box.
    var serialPort: String? {
        guard address.hasPrefix("/") else { return nil }
        return String(address.prefix { $0 != " " })
    }

    var errors: Int { timeouts + crcErrors + exceptions + otherErrors }
}
