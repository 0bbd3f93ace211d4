package import MediaEngine

/// What a leg is fed with is a stream's feed as it is.
extension MediaFeed: StreamFeed {}
