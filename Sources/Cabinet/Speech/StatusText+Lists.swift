import Control
import Domain

/// One value a line, for a telephone or a narrow window: nothing is cut, and no table wraps.
extension StatusText {
    private static let few = 4

    mutating func addLists(_ status: SystemStatus, allPoints: Bool) {
        for device in status.devices {
            lines.append("")
            add(style.bold("\(device.id)") + ": " + quality(device) + ", " + age(device))
            let points = device.points
            for point in points.prefix(allPoints ? points.count : Self.few) {
                var line: StyledText = "\(title(point)) \(value(point))"
                if allPoints || point.reason != nil { line += ", " + quality(point.quality, point.reason) }
                add(line, indent: 2)
            }
            if !allPoints, points.count > Self.few { add("+\(points.count - Self.few)", indent: 2) }
            addWhy(device)
            if device.events > 0 {
                add(say(device.events == 1 ? .event : .events, "\(device.events)"), indent: 2)
            }
        }
        for bus in status.buses {
            lines.append("")
            add(style.bold("\(bus.id)") + ": \(bus.address)")
            add(label(.requests, "\(bus.requests)"), indent: 2)
            add(label(.errors, "\(bus.errors)"), indent: 2)
            add(label(.load, load(bus)), indent: 2)
            for trouble in troubles(bus) { add(style.red(trouble), indent: 2) }
        }
        for destination in status.destinations {
            lines.append("")
            add(style.bold("\(destination.id)") + ": \(destination.address)")
            add(label(.sent, "\(destination.acknowledged)"), indent: 2)
            add(label(.pending, "\(destination.pending)"), indent: 2)
            if let oldest = destination.oldestPending { add(label(.oldest, "\(second(oldest))"), indent: 2) }
            if let traffic = traffic(destination) { add(traffic, indent: 2) }
            for trouble in troubles(destination) { add(style.red(trouble), indent: 2) }
        }
        for indicator in status.indicators {
            lines.append("")
            add("\(indicator.id) \(indicator.window), \(indicator.scope)")
            add(value(indicator), indent: 2)
            add(label(.complete, standing(indicator)), indent: 2)
        }
    }

    private func label(_ phrase: StatusPhrase, _ value: StyledText) -> StyledText {
        StyledText(phrase.wording[style.language].lowercased()) + " " + value
    }

    /// What keeps a device's values from being good, once for all of them.
    mutating func addWhy(_ device: DeviceStatus) {
        var told: Set<String> = []
        for why in device.points.compactMap(\.why) where told.insert(why).inserted {
            add(style.yellow(StyledText(WhyPhrase.said(why, in: style.language))), indent: 2)
        }
    }
}
