import Domain
import Testing

@testable import Journal

@Suite struct `A log line about an incident of the journal` {
    @Test func `names each fact of a loss`() {
        var loss = JournalLoss(
            reason: .limit,
            epoch: "1-6ab32400",
            first: 7,
            last: 19,
            count: 12,
            destinations: ["city", "lab"]
        )
        var facts = [
            "incident": "loss", "reason": "limit", "epoch": "1-6ab32400", "first": "7", "last": "19", "count": "12",
            "destinations": "city lab",
        ]
        #expect(JournalIncident.loss(loss).facts == facts)
        loss.device = JournalDevice(site: "soyo", device: "flow-soyo")
        (facts["site"], facts["device"]) = ("soyo", "flow-soyo")
        #expect(JournalIncident.loss(loss).facts == facts)
    }

    @Test func `says why the storage stalls in a sentence`() {
        #expect(
            JournalIncident.stalled(.diskFull(file: "/j/journal.sqlite")).facts == [
                "incident": "stalled",
                "detail": "/j/journal.sqlite: no space left on the device; free some, or lower storage.limit",
            ]
        )
    }

    @Test(arguments: [
        JournalIncident.corruptFileSetAside(file: "/j/journal.sqlite.damaged-1", message: "malformed page"),
        .destinationRemoved(
            id: "city",
            owed: 3,
            ranges: [OwedRange(epoch: "1-6ab32400", first: 1, last: 3, count: 3)]
        ),
        .loss(
            JournalLoss(
                reason: .stalled,
                epoch: "1-6ab32400",
                first: 7,
                last: 19,
                count: 12,
                destinations: ["city"],
                device: JournalDevice(site: nil, device: "flow-soyo")
            )
        ),
        .slowCommit(.milliseconds(2_345)), .stalled(.busy(file: "/j/journal.sqlite")), .resumed,
    ])
    func `shows no names of the program's types`(incident: JournalIncident) {
        for (key, text) in incident.facts {
            for dump in ["Optional(", "Journal.", "reason:", "[\"", "JournalError"] {
                #expect(!text.contains(dump), "\(key)=\(text)")
            }
        }
    }
}
