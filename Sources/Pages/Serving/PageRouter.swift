import BoxPages
import Control
import Domain
import HTTP
import NIOHTTP1
import PageParts
import Platform
import Speech

/// Finds who may have what, and makes the answer.
final class PageRouter: HTTPAnswering {
    let settings: ServingSettings
    let desk: GatewayDesk
    let technicians: Shared<Telling, TechnicianView>
    private let guardian: PINGuard
    let seats = LiveSeats(64)
    let outline: Outline?

    init(_ settings: ServingSettings, time: any TimeSource) {
        self.settings = settings
        let desk = GatewayDesk(socket: settings.controlSocket, time: time)
        self.desk = desk
        technicians = Shared(for: .milliseconds(300), most: 4, time: time) { telling in
            TechnicianView(try await desk.recentView(), telling: telling)
        }
        guardian = PINGuard(pin: settings.pin, time: time)
        outline = settings.outline.flatMap { Outline(geoJSON: $0) }
    }

    func answer(_ page: PageRequest) async -> Reply {
        switch Access.verdict(page.access) {
        case .foreign: return refusal(.misdirectedRequest, .crossSite, page)
        case .open: return await content(page)
        case .needsPIN:
            let tried = PINGuard.password(ofAuthorization: page.authorization) ?? page.form["pin"]
            guard let tried, !tried.isEmpty else { return challenge(.pinNeeded, page) }
            switch guardian.check(tried, from: page.source) {
            case .right: return await content(page)
            // Whoever used the form is told on the page; the browser's own window would ask for a user, too.
            case .wrong:
                return page.authorization == nil ? refusal(.forbidden, .wrongPIN, page) : challenge(.wrongPIN, page)
            case .wait(let seconds):
                var reply = refusal(.tooManyRequests, .tooManyTries, page, "\(seconds)")
                reply.headers.append(("Retry-After", "\(seconds)"))
                return reply
            }
        }
    }

    private func challenge(_ phrase: PagePhrase, _ page: PageRequest) -> Reply {
        var reply = refusal(.unauthorized, phrase, page)
        reply.headers.append(("WWW-Authenticate", "Basic realm=\"gateway\", charset=\"UTF-8\""))
        return reply
    }

    func refusal(_ status: HTTPResponseStatus, _ phrase: PagePhrase, _ page: PageRequest, _ blanks: String...) -> Reply
    {
        let words = Sentence(phrase, arguments: blanks).text(in: page.telling.language)
        let path = "/" + page.path.joined(separator: "/")
        return .html(BoxPage.notice("gateway", words, path: path, telling: page.telling), status: status)
    }

    private func content(_ page: PageRequest) async -> Reply {
        guard [.GET, .HEAD, .POST].contains(page.method) else {
            return .text("method not allowed\n", status: .methodNotAllowed)
        }
        if let reply = fixed(page) ?? question(page) { return reply }
        do {
            if let reply = await forMachines(page) { return reply }
            return try await fromGateway(page) ?? refusal(.notFound, .noSuchPage, page)
        } catch is GatewayDesk.Busy {
            return refusal(.serviceUnavailable, .tooBusy, page)
        } catch let error as NotAnswer where error.isUnknownRequest {
            return refusal(.serviceUnavailable, .otherVersion, page)
        } catch {
            return refusal(.serviceUnavailable, .nobody, page, "\(error)")
        }
    }

    /// What needs no gateway.
    private func fixed(_ page: PageRequest) -> Reply? {
        let path = "/" + page.path.joined(separator: "/")
        if let asset = Asset.all.first(where: { $0.path == path }) {
            return Reply(type: asset.type, body: .bytes(asset.bytes), isKept: true)
        }
        return ScriptLibrary.allCases.first { $0.path == path }?.reply(from: settings.libraries)
    }
}
