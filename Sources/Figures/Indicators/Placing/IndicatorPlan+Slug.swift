import Foundation

extension IndicatorPlan {
    /// Lower case without accents; whatever is no letter from a to z and no digit becomes `-`. A topic of it passes
    /// every broker: some refuse dots and spaces.
    public static func slug(_ name: String) -> String {
        let plain = name.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars.filter {
            $0.properties.canonicalCombiningClass == .notReordered
        }
        return String(
            String.UnicodeScalarView(plain.map { ("a"..."z").contains($0) || ("0"..."9").contains($0) ? $0 : "-" })
        )
    }
}
