public import Documents
public import Domain
import Glibc

/// Reads what the configurations of a box and of a city have in common.
public enum CommonReader {
    public static let usualTimezone = "Asia/Jakarta"

    /// Reads an IANA name that this machine knows.
    public static func timezone(_ node: DocumentNode) -> String {
        guard let name = node.string() else { return "" }
        let isName = name.utf8.allSatisfy { $0 != UInt8(ascii: ".") } && !name.hasPrefix("/")
        if !isName || !Self.isZone("/usr/share/zoneinfo/" + name) {
            node.fail("no time zone is named \"\(name)\" here; an IANA name such as Asia/Jakarta (package tzdata)")
        }
        return name
    }

    /// A folder (Asia) or a list (leapseconds) is readable there too; a zone's file begins with TZif (RFC 9636, section
    /// 3.1).
    private static func isZone(_ path: String) -> Bool {
        guard let file = fopen(path, "r") else { return false }
        defer { fclose(file) }
        var magic = [UInt8](repeating: 0, count: 4)
        return fread(&magic, 1, 4, file) == 4 && magic == Array("TZif".utf8)
    }

    /// Reads the beginning of all topics.
    public static func topicPrefix(_ node: DocumentNode) -> String {
        guard let prefix = node.string() else { return "" }
        let wrong = prefix.contains { "+# \"\\".contains($0) } || prefix.hasPrefix("/") || prefix.hasSuffix("/")
        if wrong || prefix.hasPrefix("$") || prefix.utf8.count > 200 {
            node.fail("\"\(prefix)\" cannot begin a topic: no +, #, spaces, quotes, nor / at either end")
        }
        return prefix
    }

    /// Reads what people call the city, in both languages of the pages.
    public static func cityName(_ map: DocumentMap) -> CityName? {
        defer { map.finish() }
        guard let english = map.required("en")?.string(), let indonesian = map.required("id")?.string() else {
            return nil
        }
        return CityName(english: english, indonesian: indonesian)
    }
}
