import Documents
import Domain
import Profiles

/// Reads `send` of a device: what its profile suggests holds where the device says nothing.
enum SendPolicyReader {
    static func read(_ map: DocumentMap, of profile: Profile, interval: Duration?) -> SendPolicy {
        guard let node = map.optional("send") else { return profile.send }
        guard let own = node.mapping() else { return profile.send }
        let policy = SendReader.read(own, points: profile.points, elsewhere: profile.elsewhere).over(profile.send)
        if policy.when == nil, !own.has("when") {
            node.fail("\"when\" is missing: write \"when: changed\", or each reading goes out")
        }
        if policy.isByException, let interval, policy.longestPause < interval {
            let pause = policy.longestPause.inWords
            let message: Message =
                "at_least_every of \(pause) is shorter than the interval of \(interval.inWords): each reading goes out"
            (own.optional("at_least_every") ?? node).fail(message)
        }
        return policy
    }
}
