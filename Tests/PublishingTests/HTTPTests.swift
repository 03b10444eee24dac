import Foundation
import TestSupport
import Testing

@Suite(.serialized, .withCity) struct `The city's HTTP` {
    private let city: ServedCity

    init() throws { city = try #require(ServedTrait.city) }

    private func rows(_ path: String) throws -> [[String: Any]] {
        let answer = try city.ask(path)
        #expect(answer.status == 200, "\(answer.body)")
        return try #require(JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [[String: Any]])
    }

    @Test func `answers PostgREST's form with the newest revision of each figure`() throws {
        let question = "wilayah=eq.kota&indikator=eq.traffic-volume&order=mulai.desc&select=nilai,revisi"
        let found = try rows("/indikator?" + question)
        #expect(found.count == 21)
        #expect(found[1]["nilai"] as? Double == 4242)
        #expect(found[1]["revisi"] as? Int == 2)
        #expect(Set(found[0].keys) == ["nilai", "revisi"])
    }

    @Test(arguments: [
        ("gerbang=eq.kdr-box-01&titik=eq.flow", 90), ("titik=in.(flow,ok)&gerbang=like.kdr-box-0*&limit=10000", 1620),
        ("nilai=gt.90&nilai=lte.91.5&titik=eq.flow", 24), ("mutu=not.eq.good&limit=2000", 144),
        ("alasan=is.null&gerbang=eq.kdr-box-01", 258), ("waktu=gte.2026-11-28T02:30:00Z&titik=eq.flow", 12),
        ("limit=0", 0), ("gerbang=in.()", 0), ("gerbang=eq.' or 1=1 --", 0),
    ])
    func `filters readings`(_ query: String, count: Int) throws {
        let path = "/bacaan?" + query.replacing(" ", with: "%20").replacing("'", with: "%27")
        #expect(try rows(path).count == count)
    }

    @Test(arguments: [
        "/bacaan?nope=eq.1", "/bacaan?select=gerbang,nope", "/bacaan?nilai=eq.many", "/bacaan?nilai=foo.1",
        "/bacaan?nilai=like.1*", "/bacaan?limit=10001", "/bacaan?limit=-1", "/bacaan?order=waktu.sideways",
        "/indikator?gerbang_diam=eq.x", "/bacaan?waktu=gte.yesterdayish", "/bacaan?order=%22;drop%20table%20reading",
    ])
    func `says 400 and why to a question that it does not understand`(_ path: String) throws {
        let answer = try city.ask(path)
        #expect(answer.status == 400)
        #expect(answer.body.contains("\"message\":\""))
        #expect(try city.database.owner.value("select count(*) from reading") == "1080")
    }

    @Test func `says whether there are more rows than it gave`() throws {
        #expect(try city.ask("/bacaan?limit=5").headers.contains("Content-Range: 0-4/*"))
        #expect(try city.ask("/bacaan?gerbang=eq.kdr-box-01&titik=eq.flow").headers.contains("Content-Range: 0-89/90"))
        #expect(try city.ask("/bacaan?limit=5&offset=3238").headers.contains("Content-Range: 3238-3239/3240"))
    }

    @Test func `gives CSV to those who accept it`() throws {
        let answer = try city.ask(
            "/bacaan?gerbang=eq.kdr-box-01&seq=eq.3&titik=eq.flow&select=nilai,nilai_persis",
            headers: ["Accept: text/csv"]
        )
        #expect(answer.headers.contains("Content-Type: text/csv"))
        #expect(answer.body == "nilai,nilai_persis\r\n4.5,\"=1+1, \"\"x\"\"\"\r\n")
    }

    @Test func `sends nothing again to a client that has it`() throws {
        let first = try city.ask("/kelengkapan?putusan=neq.complete")
        let line = first.headers.split(whereSeparator: \.isNewline).first { $0.hasPrefix("ETag: ") }
        let tag = try #require(line).dropFirst(6)
        let second = try city.ask("/kelengkapan?putusan=neq.complete", headers: ["If-None-Match: \(tag)"])
        #expect(second.status == 304)
        #expect(second.body.isEmpty)
        let other = try city.ask("/kelengkapan", headers: ["If-None-Match: \(tag)"])
        #expect(other.status == 200)
    }

    @Test func `only reads`() throws {
        for method in ["POST", "PUT", "DELETE", "PATCH"] {
            #expect(try city.ask("/indikator", method).status == 405)
        }
        let head = try city.ask("/indikator", "HEAD")
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
    }

    @Test func `is not for pages of other sites`() throws {
        #expect(try city.ask("/indikator", headers: ["Host: evil.example"]).status == 421)
    }

    @Test func `describes every view and column that it serves`() throws {
        let answer = try city.ask("/openapi.json")
        let tree = try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
        let paths = try #require(tree?["paths"] as? [String: Any])
        #expect(Set(["/indikator", "/bacaan", "/kelengkapan", "/gerbang", "/bukti_evaluasi"]).isSubset(of: paths.keys))
        for path in paths.keys { #expect(try city.ask(path + "?limit=1").status == 200, "\(path)") }
    }

    @Test func `has the sites as GeoJSON`() throws {
        let answer = try city.ask("/lokasi.geojson")
        let tree = try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
        let features = try #require(tree?["features"] as? [[String: Any]])
        #expect(features.count == 12)
        let geometry = features[0]["geometry"] as? [String: Any]
        #expect(geometry?["coordinates"] as? [Double] == [112, -7.8])
    }

    @Test func `shows the city and its gateways to people, in both languages`() throws {
        let glance = try city.ask("/?lang=en")
        #expect(glance.body.contains("Waste collected"))
        #expect(glance.body.contains("2026-11-28: complete 11"))
        #expect(try city.ask("/?lang=id").body.contains("Sampah terkumpul"))
        #expect(try city.ask("/?lang=id&scope=kecamatan-pesantren").body.contains("Pesantren"))
        let fleet = try city.ask("/armada?lang=en").body
        let (missing, fine) = (fleet.firstRange(of: "17 entries"), fleet.firstRange(of: "kdr-box-12"))
        #expect(try #require(missing).lowerBound < #require(fine).lowerBound)
    }

    @Test func `has metrics and says that it is healthy`() throws {
        #expect(try city.ask("/metrics").body.contains("gateway_city_pending_entries 2408"))
        #expect(try city.ask("/healthz").body == "{\"status\":\"ok\"}")
    }

    @Test func `goes on after the database was away`() throws {
        city.database.server.stop()
        #expect(try city.ask("/indikator").status == 503)
        #expect(try city.ask("/healthz").status == 503)
        try city.database.server.start()
        #expect(try city.ask("/indikator?limit=1", until: 200).status == 200)
    }
}
