import BoxPages
import Contract
import Control
import Foundation
import HTTP
import NIOHTTP1
import PageParts
import Questions
import Speech

extension PageRouter {
    /// A page or a table that is made of the gateway's answers; nil for an address that there is not.
    func fromGateway(_ page: PageRequest) async throws -> Reply? {
        let telling = page.telling
        switch (page.path.first ?? "", page.path.dropFirst().first, page.path.count) {
        case ("", nil, 0):
            return Reply(type: Reply.pageType, body: .bytes(try await technicians.answer(to: telling).page))
        case ("live", nil, 1): return live(page)
        case ("device", let id?, 2): return try await device(id, page)
        case ("operator", nil, 1): return try await operatorPage(page)
        case ("configuration", nil, 1):
            return .html(ConfigurationPage(BoxView(try await desk.status()), try await change(), telling: telling).html)
        case ("kota", nil, 1): return try await glance(page)
        case ("figure", nil, 1): return try await figure(page)
        case ("map", nil, 1): return try await map(page)
        case ("history.csv", nil, 1): return try await historyTable(page)
        case ("bus.csv", nil, 1): return try await busTable(page)
        case ("figures.csv", nil, 1): return try await figureTable(page)
        default: return nil
        }
    }

    // MARK: The box

    private func device(_ id: String, _ page: PageRequest) async throws -> Reply {
        var view = try await desk.recentView()
        view.day = try? await desk.history(HistoryRequest(.day, devices: [id]))  // as above: no charts then
        let (scripts, styles) = ScriptLibrary.paths(of: ScriptLibrary.charts, in: settings.libraries)
        guard let device = view.status.devices.first(where: { $0.id == id }),
            let html = DevicePage(
                id,
                in: view,
                telling: page.telling,
                actions: questions(to: device, in: view.status, page),
                scripts: scripts,
                styles: styles
            )?.html
        else { return refusal(.notFound, .noSuchDevice, page, id) }
        return .html(html)
    }

    private func questions(to device: DeviceStatus, in status: SystemStatus, _ page: PageRequest) -> HTML {
        // What is not asked has no load.
        let bus = status.buses.first { $0.id == device.bus }
        if bus?.load == nil { return QuestionForm.reportsItself(device.id, telling: page.telling) }
        guard settings.questions != nil else { return QuestionForm.withoutPIN(device.id, telling: page.telling) }
        return QuestionForm.html(device, telling: page.telling, needsPIN: page.authorization == nil)
    }

    private func operatorPage(_ page: PageRequest) async throws -> Reply {
        var view = BoxView(try await desk.status())
        // An earlier gateway has none of these: their places say so.
        view.day = try? await desk.history(HistoryRequest(.day, devices: [], buses: true))
        let events = try? await desk.events()  // as above
        let change = try? await change()  // as above
        return .html(OperatorPage(view, events: events, change: change, telling: page.telling).html)
    }

    private func change() async throws -> ConfigurationChange {
        ConfigurationChange(try await desk.configuration()) { path in
            // Where this process may not read the file, the page says so.
            try? String(contentsOfFile: path, encoding: .utf8)
        }
    }

    private func map(_ page: PageRequest) async throws -> Reply {
        let (scripts, styles) = ScriptLibrary.paths(of: ScriptLibrary.map, in: settings.libraries)
        let ground = MapPage.Ground(tiles: settings.tiles, credit: settings.tilesCredit, outline: outline)
        let view = BoxView(try await desk.status())
        return .html(MapPage(view, on: ground, telling: page.telling, scripts: scripts, styles: styles).html)
    }

    /// The parts of the technician's page that changed, each second.
    private func live(_ page: PageRequest) -> Reply {
        guard let seat = seats.take() else { return refusal(.serviceUnavailable, .tooBusy, page) }
        let parts = LiveParts()
        let stream = LiveStream(unfolding: { [self] in
            // The seat is taken as long as the stream is read.
            _ = seat
            try await Task.sleep(for: .seconds(1))
            // While the gateway does not answer, the stream says so, and the page keeps what it has.
            guard let view = try? await technicians.answer(to: page.telling) else {
                return Array("event: gone\ndata: \n\n".utf8)
            }
            return parts.event(view.parts)
        })
        return Reply(type: "text/event-stream", body: .stream(stream))
    }

    // MARK: Figures

    private func glance(_ page: PageRequest) async throws -> Reply {
        let request = figureRequest(page)
        async let status = desk.status()
        let report = try await desk.figures(request)
        return .html(GlancePage(BoxView(try await status), report, request, telling: page.telling).html)
    }

    /// What the address asks for, within what there is.
    private func figureRequest(_ page: PageRequest) -> FigureRequest {
        let window = page.query["window"].flatMap { GlancePage.windows.contains($0) ? $0 : nil } ?? "day"
        // Few different questions, so that readers share the answers.
        let lengths = GlancePage.lengths(of: window)
        let wanted = page.query["before"].flatMap { Int($0) } ?? lengths[0]
        let before = lengths.first { $0 >= wanted } ?? lengths[lengths.count - 1]
        return FigureRequest(
            window: window,
            before: before,
            scope: page.query["scope"],
            indicator: page.query["indicator"]
        )
    }

    private func figure(_ page: PageRequest) async throws -> Reply {
        let request = figureRequest(page)
        let view = BoxView(try await desk.status())
        let entries = try await desk.figures(request).figures
        let texts = entries.compactMap { FigureText($0, sites: view.status.sites ?? [], telling: page.telling) }
        guard let figure = texts.first(where: { $0.message.scope == request.scope }) else {
            return refusal(.notFound, .noSuchPage, page)
        }
        return .html(FigurePage(view, figure, telling: page.telling).html)
    }

    // MARK: Tables

    private func figureTable(_ page: PageRequest) async throws -> Reply {
        let request = figureRequest(page)
        let entries = try await desk.figures(request).figures
        let lines = entries.compactMap { FigureText($0, sites: [], telling: page.telling) }.flatMap(\.csv)
        let text = ([FigureText.csvHead] + lines).joined(separator: "\n") + "\n"
        return .csv(text, name: "figures-\(request.window).csv")
    }

    private func historyTable(_ page: PageRequest) async throws -> Reply? {
        guard let device = page.query["device"], let point = page.query["point"] else { return nil }
        let history = try await desk.history(HistoryRequest(.day, devices: [device]))
        guard let found = history.points.first(where: { $0.point == point }) else { return nil }
        return .csv(history.csv(found), name: "\(device)-\(point).csv")
    }

    private func busTable(_ page: PageRequest) async throws -> Reply? {
        let history = try await desk.history(HistoryRequest(.day, devices: [], buses: true))
        guard let bus = history.buses.first(where: { $0.bus == page.query["bus"] }) else { return nil }
        return .csv(history.csv(bus), name: "bus-\(bus.bus).csv")
    }
}
