import BoxPages
import Control
import Domain
import Foundation
import PageParts
import Speech
import Testing

@Suite struct `The operator's page` {
    private func page(_ box: BoxStatus?) throws -> String {
        var status = SystemStatus(
            gateway: "kdr-1",
            version: "0",
            state: "online",
            epoch: "1-a",
            since: "2026-11-29T00:00:00.000Z",
            time: "2026-11-29T01:00:00.000Z",
            clock: .synchronised,
            configuration: "x",
            devices: [],
            buses: [],
            destinations: [],
            journal: JournalStatus(bytes: 1, limit: 2, stored: 0, waiting: 0, lost: 0, isStalled: false)
        )
        status.box = box
        return OperatorPage(BoxView(status), events: nil, change: nil, telling: Telling(.id)).html.text
    }

    @Test func `says the box's disk, memory, temperature and how long it is on`() throws {
        let json =
            #"{"diskSize":32000000000,"diskFree":4100000000,"memorySize":512000000,"memoryAvailable":101000000,"#
            + #""temperatures":[{"zone":0,"type":"cpu","celsius":51.4},{"zone":1,"type":"soc","celsius":62.6}],"#
            + #""uptimeSeconds":7300}"#
        let page = try page(JSONDecoder().decode(BoxStatus.self, from: Data(json.utf8)))
        #expect(page.contains("ruang disk kosong: 4,1 GB dari 32 GB"))
        #expect(page.contains("memori kosong: 101 MB dari 512 MB"))
        #expect(page.contains("suhu: 63 °C"))
        #expect(page.contains("menyala selama 2 jam"))
    }

    @Test func `says nothing of what the box does not know`() throws {
        let page = try page(nil)
        #expect(!page.contains("ruang disk") && !page.contains("°C"))
    }
}
