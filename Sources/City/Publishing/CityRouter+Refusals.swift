import Domain
import HTTP
import JSON
import NIOHTTP1
import PageParts
import Speech
import Store

extension CityRouter {
    /// Why there is no answer, in the form of PostgREST: `{"code":..,"message":..,"details":null,"hint":null}`.
    func refusal(
        _ status: HTTPResponseStatus,
        _ phrase: CityHTTPPhrase,
        code: String? = nil,
        _ page: PageRequest,
        _ blanks: String...
    ) -> Reply {
        let words = Sentence(phrase, arguments: blanks).text(in: page.telling.language)
        var json = JSONText()
        json.object([
            ("code", .string(code ?? "\(status.code)")), ("message", .string(words)), ("details", .null),
            ("hint", .null),
        ])
        var reply = Reply.json(json.bytes)
        reply.status = status
        if status == .serviceUnavailable { reply.headers.append(("Retry-After", "5")) }
        return reply
    }

    func refusal(for error: any Error, _ page: PageRequest) -> Reply {
        switch error {
        case is DatabaseDesk.Busy: return refusal(.serviceUnavailable, .tooBusy, page)
        case let problem as RowQuery.Problem: return refusal(for: problem, page)
        case let error as StoreError: return refusal(for: error, page)
        default: return refusal(.serviceUnavailable, .noDatabase, page, "\(error)")
        }
    }

    private func refusal(for problem: RowQuery.Problem, _ page: PageRequest) -> Reply {
        let view = page.path.first ?? ""
        switch problem {
        case .unknownColumn(let name): return refusal(.badRequest, .unknownColumn, page, name, view)
        case .unknownOperator(let word): return refusal(.badRequest, .unknownOperator, page, word)
        case .notForColumn(let word, let column): return refusal(.badRequest, .notForColumn, page, word, column)
        case .noNumber(let text, let field): return refusal(.badRequest, .noNumber, page, text, field)
        }
    }

    private func refusal(for error: StoreError, _ page: PageRequest) -> Reply {
        switch error.kind {
        // The address names no parameter of SQL: only a value of it can be wrong.
        case .values: return refusal(.badRequest, .badValue, code: error.state, page, Self.first(error.detail))
        case .refused where error.state == Self.timedOut:
            return refusal(.serviceUnavailable, .tooLong, code: error.state, page)
        case .refused: return refusal(.forbidden, .refused, code: error.state, page, error.detail)
        case .unreachable, .newer: return refusal(.serviceUnavailable, .noDatabase, page, error.detail)
        }
    }

    /// The database's own sentence, without its word for an error and without what it adds.
    private static func first(_ detail: String) -> String {
        let sentence = detail.split(separator: ";").first.map(String.init) ?? detail
        return sentence.hasPrefix("ERROR:") ? String(sentence.dropFirst(6).drop { $0 == " " }) : sentence
    }

    /// SQLSTATE of a statement that was ended by its time limit.
    private static let timedOut = "57014"
}
