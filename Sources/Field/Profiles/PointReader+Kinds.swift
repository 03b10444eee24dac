import Documents
import Domain

/// Attributes that a kind of point cannot obey, in files that earlier releases accepted: the gateway starts with them,
/// and `gateway check` refuses them.
extension PointReader {
    func checkKind(_ point: Point, _ map: DocumentMap) {
        func refuse(_ key: String, _ message: Message) {
            if map.has(key) { map.optional(key)?.failCheck(message) }
        }
        if !point.isNumber {
            refuse("negative_when", "only a number has a sign")
            refuse("invalid", "only a number has marks for \"no value\"")
        }
        switch point.origin {
        case .registers(_, .bool, _): refuse("word_order", "a bit has no word order")
        case .registers(_, .string, _):
            if let node = map.optional("word_order"), node.isWord(in: ["CDAB", "DCBA"]) {
                node.failCheck("the words of a text stand in their order; ABCD and BADC say that of its characters")
            }
        case .weir:
            refuse("invalid", "a weir's value is computed; give the marks to its level")
            refuse("counter", "a discharge counts nothing")
        case .registers, .message, .part, .frame, .field: break
        }
        if point.isPrivate {
            refuse("counter", "a private point counts nothing; give the counter to the point that is published")
        }
    }
}
