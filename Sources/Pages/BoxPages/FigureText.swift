package import Contract
package import Control
import Domain
import FoundationEssentials
package import PageParts
import Speech

/// A figure as people read it: its own names, its target, and how sure it is.
package struct FigureText: Sendable {
    package let entry: FigureReport.Entry
    package let message: FigureMessage
    private let sites: [SiteStatus]
    private let telling: Telling

    /// - Parameter closed: whether it is about the last window that has ended, in place of the open one.
    /// - Returns: nil for a message of a later gateway that cannot be read, and where no window has ended.
    package init?(_ entry: FigureReport.Entry, closed: Bool = false, sites: [SiteStatus], telling: Telling) {
        guard let text = closed ? entry.closed : entry.message,
            let message = FigureMessage(payload: Array(text.utf8))
        else { return nil }
        self.entry = entry
        self.message = message
        self.sites = sites
        self.telling = telling
    }

    package var name: String { telling.language.word(entry.name) }

    /// The place, without code names.
    package var place: String {
        let scope = message.scope
        if let site = sites.first(where: { "site-" + $0.id == scope }) { return site.name }
        for kind in ["kelurahan-", "kecamatan-"] where scope.hasPrefix(kind) {
            return scope.dropFirst(kind.count).split(separator: "-").map(\.capitalized).joined(separator: " ")
        }
        return scope == "gateway" ? telling.text(GlancePhrase.allSites) : scope
    }

    package var value: String {
        switch message.value {
        case .number(let number): telling.value(digits: number.description)
        case .word(let word): word
        case nil: "–"
        }
    }

    package var unit: String { telling.unit(message.unit) }

    package var target: String? {
        message.target.map { telling.text(GlancePhrase.target, telling.value(digits: $0.value.description)) }
    }

    /// `12,5 L/s`.
    package var valueWithUnit: String { unit.isEmpty ? value : value + " " + unit }

    /// When the busiest hour was, where the figure says it: `07.15–08.15`.
    package var peak: String? {
        func time(_ key: String) -> String? {
            guard case .string(let text)? = message.extras.first(where: { $0.key == key })?.value,
                let moment = Instant(iso8601: text)
            else { return nil }
            return String(telling.clock(moment).prefix(5))
        }
        guard let from = time("peak_from"), let to = time("peak_to") else { return nil }
        return "\(from)–\(to)"
    }

    /// Whether the value can be used as it is.
    package var isSure: Bool { message.value != nil && message.doubt == nil }

    package var badge: Badge {
        guard message.value != nil else { return Badge(.unknown, telling.text(GlancePhrase.noData)) }
        if message.doubt != nil { return Badge(.unknown, telling.text(GlancePhrase.unsure)) }
        switch message.target?.standing {
        case "met": return Badge(.good, telling.text(GlancePhrase.met))
        case "missed": return Badge(.bad, telling.text(GlancePhrase.missed))
        case "open": return Badge(.unsure, telling.text(GlancePhrase.open))
        default: return Badge(.unknown, telling.text(GlancePhrase.noTarget))
        }
    }

    package var completeness: String {
        message.completeness.map { telling.text(GlancePhrase.data, telling.percent($0.double)) } ?? ""
    }

    /// The windows before, oldest first.
    package var before: [Double?] {
        entry.before.map { step in step.value.flatMap { DecimalNumber($0) }.map(\.double) }
    }

    package var path: String {
        "/figure?indicator=\(message.indicator)&scope=\(message.scope)&window=\(message.window)"
    }

    /// The windows as CSV; numbers have a decimal point, whatever the language.
    package var csv: [String] {
        entry.before.map { step in
            let share = step.completeness.map { "\($0)" } ?? ""
            return [
                message.indicator, message.scope, message.window, step.from, step.value ?? "", message.unit ?? "",
                step.quality, step.reason ?? "", share,
            ]
            .joined(separator: ",")
        }
    }

    package static let csvHead = "indicator,scope,window,from,value,unit,quality,reason,completeness"
}
