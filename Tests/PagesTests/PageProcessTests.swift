import Control
import Foundation
import PageParts
import Speech
import TestSupport
import Testing

/// A gateway, its field and its pages, each a process.
@Suite(.serialized, .withPages) struct `The pages of a running gateway` {
    private var box: PageBox { get throws { try #require(PagesTrait.box) } }

    @Test func `show the values of the status at the same moment, in both languages`() throws {
        let box = try box
        _ = try box.status { $0.devices.first?.answering == true }
        for (language, telling) in [("id", Telling(.id)), ("en", Telling(.en))] {
            // Values move between two questions: those that stayed from before to after stand on the page.
            var seen = 0
            for _ in 0..<10 where seen < 5 {
                let before = try box.status().devices[0]
                let page = try box.ask("/device/flow-soyo?lang=\(language)").body
                let after = try box.status().devices[0]
                for (old, new) in zip(before.points, after.points) where old.value == new.value && old.unit != nil {
                    guard let value = new.shown?.value ?? new.value else { continue }
                    let text = telling.value(value) + " " + telling.unit(new.shown?.unit ?? new.unit)
                    #expect(page.contains(">\(text)<"), "\(new.name): \(text)")
                    seen += 1
                }
            }
            #expect(seen > 0)
        }
    }

    @Test func `say which device is silent, since when, and what to check`() throws {
        let box = try box
        let status = try box.status { $0.devices.contains { $0.id == "silent" && $0.downSince != nil } }
        let silent = try #require(status.devices.first { $0.id == "silent" })
        #expect(silent.reason == "timeout")
        let page = try box.ask("/?lang=id").body
        let card = try #require(page.range(of: "id=\"badge-silent\"").map { page[$0.lowerBound...] })
        #expect(card.prefix(400).contains("GANGGUAN"))
        #expect(card.contains("tidak ada nilai sejak") && card.contains("cek: "))
    }

    @Test func `never take a name for markup`() throws {
        let page = try box.ask("/device/flow-soyo").body
        #expect(page.contains("Sumber &lt;Soyo&gt; &amp; &quot;Bawang&quot;"))
        #expect(!page.contains("<Soyo>"))
    }

    @Test func `carry the headers that keep other pages and scripts out`() throws {
        let answer = try box.ask("/")
        #expect(answer.status == 200)
        let policy = try #require(answer["Content-Security-Policy"])
        #expect(policy.contains("default-src 'none'") && policy.contains("script-src 'self';"))
        #expect(!policy.contains("script-src 'self' 'unsafe"))
        for markup in ["<script>", "style=\"", "onclick"] { #expect(!answer.body.contains(markup)) }
        #expect(answer["X-Content-Type-Options"] == "nosniff" && answer["Cache-Control"] == "no-store")
        #expect(answer["Set-Cookie"] == nil)
    }

    @Test(
        arguments: ["/operator", "/kota", "/kota?window=hour&before=90", "/map", "/configuration", "/api/status.json"]
    )
    func `are there for everybody on the box`(_ path: String) throws {
        #expect(try box.ask(path).status == 200)
        #expect(try box.ask(path, "HEAD").body.isEmpty)
    }

    @Test(
        arguments: [
            "/nothing", "/device/nobody", "/static/../pin", "/static/%2e%2e/%2e%2e/etc/passwd", "/lib/x", "/%00",
        ]
    )
    func `say that there is no such page`(_ path: String) throws {
        let answer = try box.ask(path)
        #expect(answer.status == 404)
        #expect(!answer.body.contains(PageBox.pin) && !answer.body.contains("root:"))
    }

    @Test func `give the history of a point as a table`() throws {
        let box = try box
        _ = try box.status { $0.devices.first?.answering == true }
        let lines = try box.ask("/history.csv?device=flow-soyo&point=sound_speed").body.split(separator: "\n")
        #expect(lines.first == "time,least,mean,greatest,readings,not_good")
        #expect(lines.count == 290)
        let last = try #require(lines.last?.split(separator: ",", omittingEmptySubsequences: false))
        let numbers = last.dropFirst().compactMap { Double($0) }
        #expect(numbers.count == 5 && numbers[0] <= numbers[1] && numbers[1] <= numbers[2])
    }

    @Test func `ask a device only for whoever has the PIN`() throws {
        let box = try box
        #expect(try box.ask("/ask/flow-soyo", "POST", body: "do=ask").status == 401)
        #expect(try box.ask("/ask/flow-soyo", "POST", body: "do=ask&pin=135790").status == 403)
        let foreign = try box.ask(
            "/ask/flow-soyo",
            "POST",
            headers: ["Origin: http://evil.example"],
            body: "do=ask&pin=\(PageBox.pin)"
        )
        #expect(foreign.status == 421)
        let answer = try box.ask("/ask/flow-soyo?lang=id", "POST", body: "do=ask&pin=\(PageBox.pin)")
        #expect(answer.status == 200)
        #expect(answer.body.contains("debit") && answer.body.contains("BAIK"))
    }

    @Test func `compare what the display shows with what the device says`() throws {
        let box = try box
        let status = try box.status { $0.devices.first?.answering == true }
        let points = try #require(status.devices.first).points
        let volume = try #require(points.first { $0.name == "volume_reverse" }?.value)
        let right = try box.ask(
            "/ask/flow-soyo?lang=id",
            "POST",
            body: "do=compare&pin=\(PageBox.pin)&point=volume_reverse&display=\(volume)"
        )
        #expect(right.body.contains("COCOK"))
        let wrong = try box.ask(
            "/ask/flow-soyo?lang=id",
            "POST",
            body: "do=compare&pin=\(PageBox.pin)&point=volume_reverse&display=98765,4"
        )
        #expect(wrong.body.contains("BEDA"))
        let none = try box.ask("/ask/flow-soyo", "POST", body: "do=compare&pin=\(PageBox.pin)&display=abc")
        #expect(none.body.contains("notice bad"))
    }

    @Test func `make a record with its signatures before the frames`() throws {
        let form = "do=record&pin=\(PageBox.pin)&by=Budi+%26+Siti"
        let record = try box.ask("/ask/flow-soyo?lang=id", "POST", body: form).body
        let name = try #require(record.range(of: "Budi &amp; Siti"))
        let signature = try #require(record.range(of: "Mengetahui"))
        let appendix = try #require(record.range(of: "class=\"sheet appendix\""))
        let frame = try #require(record.range(of: "01 03 "))
        #expect(name.lowerBound < signature.lowerBound)
        #expect(signature.lowerBound < appendix.lowerBound && appendix.lowerBound < frame.lowerBound)
    }

    @Test func `wait longer and longer after wrong PINs from another place`() throws {
        let box = try box
        let elsewhere = "X-Forwarded-For: 203.0.113.9"
        #expect(try box.ask("/", headers: [elsewhere]).status == 401)
        let wrong = "Authorization: Basic \(Data("x:000000".utf8).base64EncodedString())"
        for _ in 0..<5 { #expect(try box.ask("/", headers: [elsewhere, wrong]).status == 401) }
        let right = "Authorization: Basic \(Data("x:\(PageBox.pin)".utf8).base64EncodedString())"
        let waiting = try box.ask("/", headers: [elsewhere, right])
        #expect(waiting.status == 429 && waiting["Retry-After"] != nil)
        #expect(try box.ask("/", headers: ["X-Forwarded-For: 203.0.113.10", right]).status == 200)
        #expect(try box.ask("/metrics", headers: ["X-Forwarded-For: 203.0.113.11"]).status == 401)
        #expect(try box.ask("/").status == 200)
    }

    @Test func `answer nobody who came by another name`() throws {
        let answer = try HTTPAnswer(
            port: box.page,
            "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
        )
        #expect(answer.status == 421 && !answer.body.contains("flow-soyo"))
    }

    @Test func `give metrics and health to programs`() throws {
        let metrics = try box.ask("/metrics")
        #expect(metrics["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(metrics.body.contains("gateway_up 1\n"))
        let open = try box.ask("/metrics", headers: ["Accept: application/openmetrics-text; version=1.0.0"])
        #expect(open.body.hasSuffix("# EOF\n"))
        #expect(try box.ask("/healthz").status == 200)
    }
}

/// Tests that end the gateway have a box of their own.
@Suite struct `The pages without a gateway` {
    @Test func `say so, and show it again when it is back`() throws {
        let box = try PageBox()
        #expect(try box.ask("/").status == 200)
        box.stopGateway()
        // An answer is fresh for a second.
        let gone = try box.ask("/?lang=id") { $0.status == 503 }
        #expect(gone.status == 503 && gone.body.contains("Gateway di kotak ini tidak menjawab"))
        #expect(try box.ask("/healthz").status == 503)
        #expect(try box.ask("/metrics").body.contains("gateway_up 0\n"))
        try box.startGateway()
        #expect(try box.ask("/").status == 200)
    }
}

@Suite struct `The page process` {
    @Test(arguments: [
        ("page: { listen: 0.0.0.0:8080 }", "pin_file"), ("page: { listen: localhost:8080 }", "IP address"),
        ("page: { listen: 127.0.0.1:8080, tiles: https://tile.example/ }", "{z}"), ("page: { pin: 1234 }", "pin"),
    ])
    func `refuses what would open the box or cannot work, and names the remedy`(_ line: String, _ word: String) throws {
        let folder = try ScratchFolder()
        try folder.write("gateway: x\n\(line)\n", to: "g.yaml")
        let (status, text) = try GatewayProgram.run("page", "--config", folder.path + "/g.yaml", "--lang", "en")
        #expect(status == 2)
        #expect(text.contains("g.yaml:2") && text.contains(word), "\(text)")
    }

    @Test func `does not listen to a network without a PIN, whatever the command line says`() throws {
        let folder = try ScratchFolder()
        try folder.write("gateway: x\n", to: "g.yaml")
        let config = folder.path + "/g.yaml"
        let (status, text) = try GatewayProgram.run("page", "--config", config, "--listen", "0.0.0.0:0", "--lang", "en")
        #expect(status == 2 && text.contains("pin_file"), "\(text)")
    }

    @Test func `takes no PIN that is guessed in a minute`() throws {
        let folder = try ScratchFolder()
        try folder.write("gateway: x\npage: { pin_file: \(folder.path)/pin }\n", to: "g.yaml")
        try folder.write("1234\n", to: "pin")
        let (status, text) = try GatewayProgram.run("page", "--config", folder.path + "/g.yaml", "--lang", "en")
        #expect(status == 2 && text.contains("6 characters"), "\(text)")
    }
}
