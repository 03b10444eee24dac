import Domain
import Testing

@testable import Control

@Suite struct ControlPlacesTests {
    private func at(_ seconds: Int64) -> Uptime { Uptime(nanoseconds: seconds * 1_000_000_000) }

    private func occupants(_ count: Int, user: UInt32?, from client: Int, isOwed: Bool) -> [ControlPlaces.Occupant] {
        (0..<count).map {
            .init(client: client + $0, user: user, isOwed: isOwed, lastActive: at(Int64(client + $0)))
        }
    }

    @Test func whoHasBeenIdleLongestGoesFirst() {
        let there = occupants(3, user: 7, from: 10, isOwed: true) + occupants(3, user: 7, from: 20, isOwed: false)
        #expect(ControlPlaces.leaver(of: there, for: 7) == 20)
    }

    @Test func theUserWithTheMostPlacesGivesOneUp() {
        let there = occupants(2, user: 0, from: 1, isOwed: false) + occupants(5, user: 7, from: 10, isOwed: false)
        #expect(ControlPlaces.leaver(of: there, for: 0) == 10)
        #expect(ControlPlaces.leaver(of: there, for: 1_000) == 10)
        #expect(ControlPlaces.leaver(of: there, for: 7) == 10)
    }

    /// However busy a user looks: nobody takes all places from another.
    @Test func aUserThatIsOwedManyAnswersMakesRoomForAnother() {
        let there = occupants(63, user: 7, from: 10, isOwed: true) + occupants(1, user: 0, from: 1, isOwed: true)
        #expect(ControlPlaces.leaver(of: there, for: 0) == 10)
        #expect(ControlPlaces.leaver(of: there, for: nil) == 10)
    }

    @Test func aNewcomerWithTheMostPlacesTakesNothingFromOthers() {
        let there = occupants(63, user: 7, from: 10, isOwed: true) + occupants(1, user: 0, from: 1, isOwed: false)
        #expect(ControlPlaces.leaver(of: there, for: 7) == nil)
    }

    @Test func equalSharesStay() {
        let there = occupants(32, user: 7, from: 10, isOwed: true) + occupants(32, user: 0, from: 100, isOwed: true)
        #expect(ControlPlaces.leaver(of: there, for: 0) == nil)
        #expect(ControlPlaces.leaver(of: there, for: 7) == nil)
    }

    @Test func usersTakeTurnsAndSoDoTheConnectionsOfEach() {
        var askers = (1...4).map { ControlPlaces.Asker(client: $0, user: 7, lastTurn: 0) }
        askers.append(.init(client: 9, user: 0, lastTurn: 0))
        var lastTurns: [UInt32?: Int] = [:]
        var order: [Int] = []
        for turn in 1...8 {
            guard let next = ControlPlaces.next(of: askers, lastTurns: lastTurns),
                let index = askers.firstIndex(where: { $0.client == next })
            else { break }
            askers[index].lastTurn = turn
            lastTurns[askers[index].user] = turn
            order.append(next)
        }
        #expect(order == [1, 9, 2, 9, 3, 9, 4, 9])
        #expect(ControlPlaces.next(of: [], lastTurns: lastTurns) == nil)
    }
}
