public import Documents

/// The shapes of the names that people give in configurations and profiles.
public enum Identifier {
    /// Ids of gateways, sites, buses, devices, destinations, profiles: `[a-z0-9][a-z0-9-]{0,47}`.
    public static func isID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return (1...48).contains(bytes.count) && bytes[0] != UInt8(ascii: "-")
            && bytes.allSatisfy { isLower($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }

    /// Names of points, fields and events: `[a-z][a-z0-9_]{0,47}`.
    public static func isPointName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return (1...48).contains(bytes.count) && isLower(bytes[0])
            && bytes.allSatisfy { isLower($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
    }

    private static func isLower(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}

extension DocumentNode {
    /// A scalar that is an id.
    public func id() -> String? {
        guard let text = string() else { return nil }
        guard Identifier.isID(text) else {
            fail("\"\(text)\" is not an id: lower-case letters, digits and \"-\", at most 48, not beginning with \"-\"")
            return nil
        }
        return text
    }
}
