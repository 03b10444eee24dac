import HTTP
import NIOHTTP1

extension Reply {
    /// An answer with a tag of its content: a client that has this content already gets 304 and no body.
    static func tagged(_ bytes: [UInt8], type: String, for page: PageRequest) -> Reply {
        // FNV-1a: equal bytes have an equal tag.
        let sum = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let tag = "\"\(String(sum, radix: 36))-\(bytes.count)\""
        let isKnown = page.ifNoneMatch.map { known in
            known == "*" || known.split(separator: ",").contains { matches($0, tag) }
        }
        var reply = Reply(type: type, body: .bytes(isKnown == true ? [] : bytes))
        if isKnown == true { reply.status = .notModified }
        reply.headers = [("ETag", tag), ("Cache-Control", "no-cache")]
        return reply
    }

    /// A proxy that compresses makes a tag weak.
    private static func matches(_ known: Substring, _ tag: String) -> Bool {
        let known = known.trimmingPrefix { $0 == " " }
        return (known.hasPrefix("W/") ? known.dropFirst(2) : known) == tag[...]
    }
}
