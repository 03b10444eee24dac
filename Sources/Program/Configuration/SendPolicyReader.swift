import Documents
import Domain
import Profiles

/// Reads `send` of a device: what its profile suggests holds where the device says nothing.
enum SendPolicyReader {
    static func read(_ map: DocumentMap, of profile: Profile, interval: Duration?) -> SendPolicy {
        guard let node = map.optional("send") else { return profile.send }
        guard let own = node.mapping() else { return profile.send }
        var policy = SendReader.read(own, points: profile.points, elsewhere: profile.elsewhere).over(profile.send)
        if policy.when == nil, !own.has("when") {
            node.fail("\"when\" is missing: write \"when: changed\", or each reading goes out")
        }
        guard policy.isByException, let interval, policy.longestPause < interval else { return policy }
        if let node = own.optional("at_least_every") {
            let pause = policy.longestPause.inWords
            node.fail(
                "at_least_every of \(pause) is shorter than the interval of \(interval.inWords): each reading goes out"
            )
        }
        // The usual time, and a profile's, are for devices that are read more often.
        policy.atLeastEvery = interval
        return policy
    }
}
