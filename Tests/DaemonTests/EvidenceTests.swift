import Foundation
import TestSupport
import Testing

extension Daemon {
    /// What `gateway indicators show` and `export` print: no accepted reading is missing, or they report it and exit 1.
    @Suite struct `The evidence` {
        private let broker: BrokerProcess
        private let subscriber: Subscriber
        private let field: FigureField

        init() throws {
            broker = try BrokerProcess()
            subscriber = try Subscriber(broker)
            field = try FigureField(broker)
        }

        private var box: GatewayBox { field.box }

        /// Two deposits of 2.5 and 1.2 kg, and water of 7.5 m3, published and on the disk.
        private func fill() throws {
            try field.start()
            for grams in [0, 2_500, 0, 1_200, 0] { try field.weigh(grams) }
            for volume in ["100", "107.5"] { try field.tell(volume: volume) }
            try #require(subscriber.all(2) { $0.event == "weighing" } != nil)
            let isFlow = { (message: Message) in
                message.topic.hasSuffix("/flow") && message.point("volume")["increase"] == 7.5
            }
            try #require(subscriber.first(isFlow) != nil)
        }

        @Test func `a figure has every reading that was accepted before it was asked for`() throws {
            try field.start()
            for round in 1...5 {
                for grams in [1_000, 0] { try field.weigh(grams) }
                try #require(subscriber.all(round) { $0.event == "weighing" } != nil)
                let shown = try field.show()
                #expect(shown.status == 0)
                #expect(shown["waste-collected", "year"]["value"] == .number(Double(round)))
            }
        }

        @Test func `after kill -9 an export without a gateway is what the next start exports`() throws {
            try fill()
            try field.waitUntilCommitted()
            box.kill()
            let killed = try field.export()
            #expect(killed.status == 0)
            #expect(killed["waste-collected", "year"]["value"] == 3.7)
            #expect(killed["waste-collected", "year"]["by"] == ["category": ["plastik": 3.7]])
            #expect(killed["water-volume", "day"]["value"] == 7.5)
            try field.start()
            let restarted = try field.export()
            #expect(restarted.status == 0)
            // The number expected until now, and the minute of the issue, change with time.
            let keys = ["expected", "completeness", "quality", "reason", "revision", "readings"]
            #expect(killed.figures.map { $0.without(keys) } == restarted.figures.map { $0.without(keys) })
        }

        @Test func `a gateway that does not answer makes it exit 1 with the last reading`() throws {
            try fill()
            try field.waitUntilCommitted()
            box.process?.signal(SIGSTOP)
            let shown = try field.export("--lang", "en")
            #expect(shown.status == 1)
            // The figures on the disk are printed all the same.
            #expect(shown["water-volume", "day"]["value"] == 7.5)
            #expect(shown.text.contains("a gateway runs with this journal and did not answer within 10 s"))
            let readings = subscriber.messages.filter { $0.topic.hasPrefix("kediri/readings/") }
            let last = try #require(readings.last)
            let words =
                "the last reading that they include: \(last.json["time"].string ?? ""), epoch \(last.epoch ?? ""), "
                + "seq \(last.seq ?? 0), device flow"
            #expect(shown.text.contains(words), "\(shown.text)")
            box.process?.signal(SIGCONT)
        }

        @Test(.enabled(if: SmallDisk.obstacle == nil, Comment(rawValue: SmallDisk.obstacle ?? "")))
        func `a gateway whose disk is full makes it exit 1 with the last reading`() throws {
            let disk = try SmallDisk(megabytes: 24)
            // Everything is owed to an unreachable destination: nothing can be deleted to make room.
            let field = try FigureField(
                broker,
                journal: disk.path + "/journal",
                destination: "  away: { mqtt: mqtt://127.0.0.1:1 }"
            )
            try field.start()
            try field.tell(volume: "100")
            try #require(subscriber.first { $0.topic.hasSuffix("/flow") && $0.seq != nil } != nil)
            try field.waitUntilCommitted()
            disk.fill()
            // Some commits still find room in the disk space that the log has.
            var volume = 100
            var shown = try field.export("--lang", "id")
            while shown.status == 0, volume < 1_000 {
                for _ in 1...20 {
                    volume += 1
                    try field.tell(volume: "\(volume)")
                }
                shown = try field.export("--lang", "id")
            }
            #expect(shown.status == 1)
            #expect(shown.text.contains("disk tidak menerima data"), "\(shown.text)")
            #expect(shown.text.contains("data terakhir yang termuat: "))
            disk.free()
            try field.waitUntilCommitted()
            let whole = try field.export()
            #expect(whole.status == 0)
            #expect(whole["water-volume", "year"]["value"] == .number(Double(volume - 100)))
        }

        @Test func `csv has the signs that are asked for, and never those of the environment`() throws {
            try fill()
            let plain = try field.rows("--format", "csv")
            #expect(plain[0].hasPrefix("\u{FEFF}indicator,name_id,"))
            #expect(plain.contains { $0.contains(",3.7,kg,") && $0.contains(",category: plastik 3.7,") })
            let comma = try field.rows("--decimal", ",")
            #expect(comma[0].hasPrefix("\u{FEFF}indicator;name_id;"))
            #expect(comma.contains { $0.contains(";3,7;kg;") && $0.contains(";category: plastik 3,7;") })
            #expect(try field.rows("--lang", "id") == comma)
            #expect(try field.rows("--lang", "id", "--decimal", ".") == plain)
            #expect(try field.rows("--decimal", ",", "--separator", "\t")[0].hasPrefix("\u{FEFF}indicator\tname_id\t"))
            let indonesian = ["LANG=id_ID.UTF-8", "LC_ALL=id_ID.UTF-8", "LC_NUMERIC=id_ID.UTF-8"]
            #expect(try field.rows(environment: indonesian) == plain)
            let json = try field.export("--lang", "id", environment: indonesian)
            #expect(json["waste-collected", "year"]["value"] == 3.7)
            for arguments in [["--decimal", ",", "--separator", ","], ["--separator", "."], ["--decimal", "x"]] {
                #expect(try field.run(["export"] + field.today + arguments).status == 2)
            }
        }

        @Test func `a workbook has typed cells, local times and a sheet of meanings`() throws {
            try fill()
            let file = box.folder + "/evidence.xlsx"
            let made = try field.run(["export"] + field.today + ["--format", "xlsx", "--lang", "id", "--output", file])
            #expect(made.status == 0 && made.lines.isEmpty)
            let (status, text) = try PythonPeer.run("workbook_cells.py", file)
            try #require(status == 0, "\(text)")
            let sheets = try #require(JSONNode(text: text).elements)
            #expect(sheets.map { $0["name"] } == ["Angka", "Keterangan"])
            for sheet in sheets {
                #expect(sheet["frozen"] == "A2" && sheet["bold"] == true)
                #expect(sheet["filter"].string?.hasPrefix("A1:") == true)
            }
            let rows = try #require(sheets[0]["rows"].elements).map { $0.elements ?? [] }
            let heads = rows[0].compactMap { $0.elements?[1].string }
            let row = try #require(
                rows.first { row in
                    row[0] == ["str", "water-volume"] && row[heads.firstIndex(of: "window") ?? 0] == ["str", "day"]
                }
            )
            func cell(_ column: String) -> JSONNode { heads.firstIndex(of: column).map { row[$0] } ?? .absent }
            #expect(cell("value") == ["float", 7.5])
            #expect(cell("unit") == ["str", "m3"])
            #expect(cell("received") == ["int", 2])
            #expect(cell("from") == ["datetime", .string(field.today[1] + "T00:00:00")])
            #expect(cell("quality") == ["str", "good"])
            #expect(cell("baseline") == ["NoneType", nil])
            #expect(!heads.contains("from_local"))
            let meanings = try #require(sheets[1]["rows"].elements).map { $0.elements ?? [] }
            for word in ["completeness", "quality", "reason", "no_data", "provisional", "partial", "revision"] {
                let row = try #require(meanings.first { $0[0] == ["str", .string(word)] }, "\(word)")
                #expect(row.count == 3 && row[1] != row[2])
            }
            // Indonesian first, as requested.
            #expect(meanings[0][1] == ["str", "arti (Bahasa Indonesia)"])
        }

        @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/soffice")))
        func `LibreOffice opens the workbook and shows the same figures`() throws {
            try fill()
            let file = box.folder + "/evidence.xlsx"
            #expect(try field.run(["export"] + field.today + ["--format", "xlsx", "--output", file]).status == 0)
            let (status, lines) = try ChildProcess.run(
                "/usr/bin/soffice",
                [
                    "-env:UserInstallation=file://\(box.folder)/office", "--headless", "--convert-to", "csv",
                    "--outdir",
                    box.folder, file,
                ]
            )
            #expect(status == 0, "\(lines)")
            let shown = try String(contentsOfFile: box.folder + "/evidence.csv", encoding: .utf8)
                .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
            let csv = try field.run(["export"] + field.today).lines.map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
            #expect(shown.count == csv.count)
            let value = try #require(csv[0].firstIndex(of: "value"))
            // One column less before it: from and to are local there.
            #expect(shown.map { $0[value - 1] } == csv.map { $0[value] })
            #expect(shown[1][8].hasPrefix(field.today[1]))
        }

        @Test(.enabled(if: access("/usr/bin/script", X_OK) == 0))
        func `xlsx is not thrown onto a terminal`() throws {
            let words = ([GatewayProgram.path, "indicators"] + field.arguments(["export"] + field.today))
            let command = (words + ["--format", "xlsx"]).joined(separator: " ")
            let (status, lines) = try ChildProcess.run("/usr/bin/script", ["-qec", command, "/dev/null"])
            #expect(status == 2)
            #expect(lines.joined().contains("--output FILE"))
        }

        @Test func `computing again leaves an event that says who, why, and the old and new figures`() throws {
            try fill()
            #expect(box.terminate().status == 0)
            // A disk has lost the sums of the water.
            try field.forgetSums(of: "flow")
            try field.start()
            let unsaid = try field.run(["recompute"] + field.today)
            #expect(unsaid.status == 2)
            #expect(unsaid.lines.joined().contains("--reason TEXT is missing"))
            let done = try field.run(["recompute"] + field.today + ["--reason", "the card was \"damaged\""])
            #expect(done.status == 0, "\(done.lines)")
            let data = try #require(subscriber.event("recomputed")).json["data"]
            #expect(data["reason"] == "the card was \"damaged\"")
            #expect(data["by"].string?.isEmpty == false)
            #expect(data["from"].string == field.today[1] && data["to"].string == field.today[1])
            #expect(data["more"] == 0 && data["refused"] == 0)
            let changed = try #require(data["changed"].elements)
            #expect(changed.map { $0["scope"] } == ["device-flow", "site-pond"])
            for change in changed {
                #expect(change["indicator"] == "water-volume" && change["window"] == "day")
                #expect(change["old"] == nil && change["new"] == "7.5")
            }
        }
    }
}

extension JSONNode {
    fileprivate func without(_ keys: [String]) -> JSONNode { keys.reduce(self) { $0.without($1) } }
}
