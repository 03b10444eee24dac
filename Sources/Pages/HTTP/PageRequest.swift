import Foundation
import Installation
package import NIOHTTP1
package import PageParts
import Speech

/// What an answer needs of a request.
package struct PageRequest: Sendable {
    package let method: HTTPMethod
    /// The parts of its path, decoded; none of them is empty.
    package let path: [String]
    package let query: [String: String]
    /// All fields of the query, in order: a name may come twice.
    package let queryFields: [(name: String, value: String)]
    /// The fields of a form.
    package let form: [String: String]
    package let telling: Telling
    package let access: Access.Request
    /// Where it comes from: the client's address, also behind a proxy on this machine.
    package let source: String
    package let authorization: String?
    package let accept: String?
    /// What the client has of an earlier answer: `If-None-Match`.
    package let ifNoneMatch: String?

    static let longestForm = 8 * 1_024

    /// - Parameters:
    ///   - peer: the address at the other end of the connection.
    ///   - language: that of readers who ask for neither.
    init(_ head: HTTPRequestHead, body: [UInt8], peer: String, language: Language) {
        method = head.method
        let target = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = (target.first ?? "").split(separator: "/").map { String($0).removingPercentEncoding ?? String($0) }
        queryFields = target.count == 2 ? Self.fields(target[1]) : []
        query = Self.last(queryFields)
        form = head.method == .POST ? Self.last(Self.fields(String(decoding: body, as: UTF8.self)[...])) : [:]
        func header(_ name: String) -> String? { head.headers.first(name: name) }
        let chosen = query["lang"].flatMap { Language(rawValue: $0) }
        telling = Telling(
            chosen ?? Language(accept: header("Accept-Language"), otherwise: language),
            isChosen: chosen != nil
        )
        // A proxy on this machine sets it anew. Whoever comes from elsewhere is who he is, whatever he writes.
        let isLocal = ListenAddress.isLoopback(peer)
        let forwarded = isLocal ? header("X-Forwarded-For") ?? header("Forwarded") : nil
        source = forwarded?.split(separator: ",").last?.trimmingCharacters(in: .whitespaces) ?? peer
        access = Access.Request(
            peer: peer,
            isForwarded: forwarded != nil,
            // Two names for one host are none of ours.
            host: head.headers["Host"].count > 1 ? "" : header("Host"),
            origin: header("Origin"),
            fetchSite: header("Sec-Fetch-Site"),
            asks: head.method == .POST
        )
        authorization = header("Authorization")
        accept = header("Accept")
        ifNoneMatch = header("If-None-Match")
    }

    /// The last one counts where a name is given twice.
    private static func last(_ fields: [(name: String, value: String)]) -> [String: String] {
        Dictionary(fields.map { ($0.name, $0.value) }) { _, last in last }
    }

    /// `a=b&c=d`, decoded.
    private static func fields(_ text: Substring) -> [(name: String, value: String)] {
        text.split(separator: "&").prefix(64).map { part in
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            func decoded(_ text: Substring) -> String {
                let spaced = String(text.replacing("+", with: " "))
                return spaced.removingPercentEncoding ?? spaced
            }
            return (decoded(pair[0]), pair.count == 2 ? decoded(pair[1]) : "")
        }
    }
}

extension Language {
    /// The language that a browser wants most of those that there are.
    init(accept header: String?, otherwise: Language) {
        var best: (language: Language, weight: Double)?
        for part in (header ?? "").split(separator: ",").prefix(20) {
            let pieces = part.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            guard let tag = pieces.first, let language = Language(rawValue: tag.prefix(2).lowercased()),
                weight > best?.weight ?? 0
            else { continue }
            best = (language, weight)
        }
        self = best?.language ?? otherwise
    }
}
