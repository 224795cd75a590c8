"""The double of the WeChat platform: phones of followers, pushes to the desk, the API that the desk calls."""

from tests.doubles.wechat.platform import WechatPlatform

__all__ = ["WechatPlatform"]
