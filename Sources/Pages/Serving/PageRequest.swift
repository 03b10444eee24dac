import Foundation
import Installation
import NIOHTTP1
import PageParts
import Speech

/// What the pages need of a request.
struct PageRequest: Sendable {
    let method: HTTPMethod
    /// The parts of its path, decoded; none of them is empty.
    let path: [String]
    let query: [String: String]
    /// The fields of a form.
    let form: [String: String]
    let telling: Telling
    let access: Access.Request
    /// Where it comes from: the client's address, also behind a proxy on this machine.
    let source: String
    let authorization: String?
    let accept: String?

    static let longestForm = 8 * 1_024

    /// - Parameters:
    ///   - peer: the address at the other end of the connection.
    ///   - language: that of readers who ask for neither.
    init(_ head: HTTPRequestHead, body: [UInt8], peer: String, language: Language) {
        method = head.method
        let target = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = (target.first ?? "").split(separator: "/").map { String($0).removingPercentEncoding ?? String($0) }
        query = target.count == 2 ? Self.fields(target[1]) : [:]
        form = head.method == .POST ? Self.fields(String(decoding: body, as: UTF8.self)[...]) : [:]
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
    }

    /// `a=b&c=d`, decoded; of a name given twice the last counts.
    private static func fields(_ text: Substring) -> [String: String] {
        var fields: [String: String] = [:]
        for part in text.split(separator: "&").prefix(64) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            func decoded(_ text: Substring) -> String {
                let spaced = String(text.replacing("+", with: " "))
                return spaced.removingPercentEncoding ?? spaced
            }
            fields[decoded(pair[0])] = pair.count == 2 ? decoded(pair[1]) : ""
        }
        return fields
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
