package import Domain
import FoundationEssentials
package import HTTP
import NIOHTTP1
import PageParts
import Speech
import Store

/// Finds what an address asks for, and makes the answer.
package final class CityRouter: HTTPAnswering {
    /// What a question to the city is about.
    struct GlanceQuestion: Hashable, Sendable {
        var window: String
        var scope: String
    }

    let city: String
    /// What the pages call it; nil where only its id is known.
    let name: CityName?
    let desk: DatabaseDesk
    let time: any TimeSource
    /// Readers share the answers, so that any number of them costs the database one question.
    let views: Shared<Int, [CityView]>
    let boxes: Shared<Int, [FleetBox]>
    let glances: Shared<GlanceQuestion, CityGlance>
    let counts: Shared<Int, CityCounts>

    package init(city: String, name: CityName?, desk: DatabaseDesk, time: any TimeSource) {
        self.city = city
        self.name = name
        self.desk = desk
        self.time = time
        views = Shared(for: .seconds(60), time: time) { _ in
            try await desk.ask { database throws(StoreError) in try CityView.all(in: database) }
        }
        boxes = Shared(for: .seconds(5), time: time) { _ in
            try await desk.ask { database throws(StoreError) in try FleetReader.boxes(in: database) }
        }
        glances = Shared(for: .seconds(10), most: 32, time: time) { question in
            try await desk.ask { database throws(StoreError) in
                try CityGlance.read(window: question.window, scope: question.scope, in: database)
            }
        }
        counts = Shared(for: .seconds(5), time: time) { _ in
            try await desk.ask { database throws(StoreError) in try CityCounts.read(in: database) }
        }
    }

    package func answer(_ page: PageRequest) async -> Reply {
        // Whoever is not on this machine came through a proxy, which says who may read.
        if Access.verdict(page.access) == .foreign { return refusal(.misdirectedRequest, .foreign, page) }
        guard page.method == .GET || page.method == .HEAD else {
            var reply = refusal(.methodNotAllowed, .onlyRead, page)
            reply.headers.append(("Allow", "GET, HEAD"))
            return reply
        }
        do {
            return try await content(page)
        } catch {
            return refusal(for: error, page)
        }
    }

    private func content(_ page: PageRequest) async throws -> Reply {
        let path = "/" + page.path.joined(separator: "/")
        if let asset = Asset.all.first(where: { $0.path == path }) {
            return Reply(type: asset.type, body: .bytes(asset.bytes), isKept: true)
        }
        switch path {
        case "/": return try await glance(page)
        case "/armada": return try await fleet(page)
        case "/healthz": return try await health()
        case "/metrics": return try await metrics(page)
        case "/openapi.json":
            let text = OpenAPI(city: city, views: try await views.answer(to: 0), telling: page.telling).text
            return Reply.tagged(text, type: "application/json", for: page)
        case "/lokasi.geojson":
            let text = try await desk.ask { database throws(StoreError) in try SiteMap.text(in: database) }
            return Reply.tagged(text, type: "application/geo+json", for: page)
        default:
            guard page.path.count == 1, let name = page.path.first,
                let view = try await views.answer(to: 0).first(where: { $0.name == Self.view(of: name) })
            else { return refusal(.notFound, .noSuchPath, page) }
            return try await rows(of: view, page)
        }
    }

    /// The view behind the first part of an address.
    private static func view(of name: String) -> String { name == "kelengkapan" ? "kelengkapan_harian" : name }

    private func rows(of view: CityView, _ page: PageRequest) async throws -> Reply {
        let query = try RowQuery(page.queryFields, of: view)
        let wantsCSV = page.accept?.contains("text/csv") ?? false
        let answer = try await desk.ask { database throws(StoreError) in
            try wantsCSV ? RowAnswer.csv(query, in: database) : RowAnswer.json(query, in: database)
        }
        var reply = Reply.tagged(
            answer.bytes,
            type: wantsCSV ? "text/csv; charset=utf-8" : "application/json",
            for: page
        )
        reply.headers.append(("Content-Range", answer.range))
        reply.headers.append(("Vary", "Accept"))
        return reply
    }

    // MARK: Machines

    private func health() async throws -> Reply {
        // The answer itself is of no interest: a database that gives one is there.
        _ = try await desk.ask { database throws(StoreError) in try database.query("select 1").count }
        return .json(Array("{\"status\":\"ok\"}".utf8))
    }

    // MARK: Pages

    private func fleet(_ page: PageRequest) async throws -> Reply {
        let boxes = try await boxes.answer(to: 0)
        return .html(FleetPage(boxes, city: title(page.telling), now: time.stamp().time, telling: page.telling).html)
    }

    private func title(_ telling: Telling) -> String {
        name.map { telling.name($0) } ?? telling.text(CityHTTPPhrase.cityOf, city.capitalized)
    }

    private func glance(_ page: PageRequest) async throws -> Reply {
        let window = page.query["window"].flatMap { CityGlance.windows.contains($0) ? $0 : nil } ?? "day"
        let scope = page.query["scope"] ?? "kota"
        let glance = try await glances.answer(to: GlanceQuestion(window: window, scope: scope))
        let boxes = try await boxes.answer(to: 0)
        let now = time.stamp().time
        return .html(CityGlancePage(glance, boxes, city: title(page.telling), now: now, telling: page.telling).html)
    }
}
