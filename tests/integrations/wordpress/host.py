"""A real WordPress, where Debian's packages wordpress, mariadb-server and php-mysql are installed: it runs on
127.0.0.1 with a database of its own, and goes when the test ends.
"""

import base64
import json
import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

SOURCE = Path("/usr/share/wordpress")
PLUGIN = Path(__file__).parents[3] / "integrations/wordpress/alttext-clip"
USER = "editor"
CONFIG = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:%(database)s/sock'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', '%(url)s'); define('WP_SITEURL', '%(url)s');
define('WP_ENVIRONMENT_TYPE', 'local'); // application passwords without https
define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
%(more)s
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
INSTALL = """
define('WP_INSTALLING', true); require 'wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php'; require_once ABSPATH . 'wp-admin/includes/plugin.php';
wp_install('A site', 'admin', 'admin@example.org', true, '', 'a password');
$user = wp_create_user('editor', 'another password', 'editor@example.org');
(new WP_User($user))->set_role('editor');
update_option('permalink_structure', '/%postname%/');
wp_create_user('reader', 'yet another password', 'reader@example.org');
$password = WP_Application_Passwords::create_new_application_password($user, array('name' => 'test'))[0];
echo json_encode(array($password, activate_plugin('alttext-clip/alttext-clip.php') === null));
"""
ROUTER = """<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && is_file(__DIR__ . $path)) return false;
$_SERVER['SCRIPT_NAME'] = '/index.php'; require __DIR__ . '/index.php';
"""


@dataclass
class Host:
    """A site that runs."""

    folder: Path
    url: str
    password: str

    def add(self, name, data, kind="image/jpeg", alt="", caption=""):
        """Upload a file; return its id."""
        query = urlencode(
            {name: value for name, value in {"alt_text": alt, "caption": caption}.items() if value}
        )
        secret = base64.b64encode(f"{USER}:{self.password}".encode()).decode()
        headers = {"Authorization": f"Basic {secret}", "Content-Type": kind,
                   "Content-Disposition": f"attachment; filename={name}"}  # fmt: skip
        with urlopen(
            Request(f"{self.url}/?rest_route=/wp/v2/media&{query}", data, headers), timeout=60
        ) as reply:
            return json.load(reply)["id"]

    def alt(self, number):
        """The alternative that is stored."""
        return self.php(f"echo get_post_meta({number}, '_wp_attachment_image_alt', true);")

    def clear(self):
        """Empty the library, and set everything back."""
        self.php(
            "foreach (get_posts(array('post_type' => 'attachment', 'numberposts' => -1)) as $each)"
            " wp_delete_attachment($each->ID, true); delete_option('alttext_clip_url');"
        )
        self.set_permalinks(True)

    def set_permalinks(self, pretty):
        """Have routes below /wp-json, or in a parameter."""
        self.php(f"update_option('permalink_structure', '{'/%postname%/' if pretty else ''}');")

    def php(self, code):
        """Run PHP within WordPress; return what it prints."""
        whole = f"require 'wp-load.php'; {code}"
        run = subprocess.run(
            ["php", "-r", whole], cwd=self.folder, capture_output=True, text=True, check=True
        )
        return run.stdout


def missing():
    """Why there can be no such site; empty if there can."""
    absent = [name for name in ("php", "mariadbd", "mariadb-install-db") if not shutil.which(name)]
    if not SOURCE.is_dir():
        absent.append(str(SOURCE))
    return f"no WordPress: {', '.join(absent)} missing" if absent else ""


@contextmanager
def running(folder, more=""):
    """Run a site with an empty library; `more` goes into its configuration."""
    if why := missing():
        pytest.skip(why)
    with database(folder / "database"), socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        url = f"http://127.0.0.1:{port}"
        site = folder / "site"
        lay_out(site, {"database": folder / "database", "url": url, "more": more})
        done = subprocess.run(["php", "-r", INSTALL], cwd=site, capture_output=True, text=True, check=True)
        password, is_active = json.loads(done.stdout.strip().splitlines()[-1])
        assert is_active
        with server(site, port, url):
            yield Host(site, url, password)


def lay_out(site, values):
    """Copy WordPress with the plugin."""
    shutil.copytree(SOURCE, site, ignore=lambda *_: ["wp-config.php", ".htaccess"])
    shutil.copytree(PLUGIN, site / "wp-content/plugins/alttext-clip")
    (site / "wp-content/uploads").mkdir(exist_ok=True)
    (site / "wp-config.php").write_text(CONFIG % values)
    (site / "router.php").write_text(ROUTER)


@contextmanager
def database(folder):
    """Run MariaDB on a socket in the folder."""
    folder.mkdir()
    options = ["--no-defaults", f"--datadir={folder}"]
    if os.getuid() == 0:
        shutil.chown(folder, "mysql")
        options.append("--user=mysql")
    subprocess.run(["mariadb-install-db", *options], check=True, capture_output=True)
    command = [
        "mariadbd",
        *options,
        f"--socket={folder}/sock",
        "--skip-networking",
        f"--pid-file={folder}/pid",
    ]
    with process(command):
        until((folder / "sock").exists)
        for query in ("CREATE DATABASE wordpress", "ALTER USER root@localhost IDENTIFIED BY ''"):
            client = [
                "mariadb",
                "--no-defaults",
                f"--socket={folder}/sock",
                "--user=root",
                "--execute",
                query,
            ]
            subprocess.run(client, check=True)
        yield


@contextmanager
def server(site, port, url):
    """Serve the site with PHP's own server."""
    with process(["php", "-S", f"127.0.0.1:{port}", "router.php"], site):
        until(lambda: answers(url))
        yield


@contextmanager
def process(command, folder=None):
    """Run a program for a while."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet) as running:
        try:
            yield
        finally:
            running.terminate()


def answers(url):
    """Whether a site answers."""
    try:
        urlopen(url, timeout=30).close()
    except HTTPError:
        return True
    except (URLError, OSError):
        return False
    return True


def until(condition):
    """Wait for something that happens elsewhere."""
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("it never happened")
