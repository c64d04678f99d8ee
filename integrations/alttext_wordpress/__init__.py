"""`alttext wordpress`: describe what the media library of a WordPress site has no alternative for.

It talks to the REST API of the site (https://developer.wordpress.org/rest-api/reference/media/), looks at the
pictures on this machine, and writes only where the alternative is empty.
"""
