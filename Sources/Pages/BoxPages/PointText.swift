package import Control
import Domain
package import PageParts
import Speech

/// A point's value as a page shows it: in the unit of its display, with the profile's word.
package struct PointText: Sendable {
    package let title: String
    package let number: String
    package let unit: String
    /// What the number means: `(idle)`.
    package let meanings: String
    /// Good, uncertain or bad; uncertain where the word is of a later gateway.
    let quality: QualityPhrase

    package init(_ point: PointStatus, telling: Telling) {
        title = telling.language.title(point.name, point.shown?.label)
        number = (point.shown?.value ?? point.value).map(telling.value) ?? "–"
        // What is not known has no unit.
        unit = point.value == nil ? "" : telling.unit(point.shown?.unit ?? point.unit)
        meanings = telling.language.meanings(point.shown?.meanings ?? [])
        quality = QualityPhrase(rawValue: point.quality) ?? .uncertain
    }

    /// The value in one piece; what is not good has a mark, in a word for whoever cannot see it.
    package func html(_ telling: Telling) -> HTML {
        let mark: HTML =
            switch quality {
            case .good: ""
            case .uncertain: Self.mark(.unsure, telling.text(PagePhrase.unsure))
            case .bad: Self.mark(.bad, telling.text(PagePhrase.bad))
            }
        return "\(number)\(unit.isEmpty ? "" : " " + unit)\(meanings)\(mark)"
    }

    private static func mark(_ kind: Badge.Kind, _ word: String) -> HTML {
        "<span class=\"grey\" title=\"\(word)\"> \(kind.shape)<span class=\"skip\">\(word)</span></span>"
    }
}

extension DeviceStatus {
    /// The value that a card shows big: the first number that is what the device is there for, not how warm it is or
    /// how well it is supplied.
    var mainPoint: PointStatus? {
        let numbers = points.filter { $0.value?.isNumber ?? ($0.unit != nil) }
        return numbers.first { $0.unit.map { !Self.besides.contains($0) } ?? false } ?? numbers.first ?? points.first
    }

    private static let besides: Set<String> = ["Cel", "K", "[degF]", "V", "mV", "A", "mA", "%", "s", "h", "1"]
}

extension StatusValue {
    var isNumber: Bool {
        switch self {
        case .integer, .unsigned, .number: true
        case .bool, .string: false
        }
    }
}
