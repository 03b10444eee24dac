import Diagnosing
import Testing

@Suite struct `Profiles that fit a device` {
    @Test func `stand in the order of what they prove: ten points nearly before one point fully`() {
        let meter = ProfileMatch(profile: "meter", score: 0.88, evidence: 10)
        let gauge = ProfileMatch(profile: "gauge", score: 1, evidence: 1)
        #expect(meter.worth > gauge.worth)
        #expect(ProfileMatch.isClear([meter, gauge]))
    }

    @Test func `leave the choice to a person where two fit about as well`() {
        let one = ProfileMatch(profile: "one", score: 1, evidence: 1)
        let other = ProfileMatch(profile: "other", score: 1, evidence: 1)
        #expect(!ProfileMatch.isClear([one, other]))
        #expect(ProfileMatch.isClear([one]))
        #expect(ProfileMatch.isClear([]))
    }
}
