/* node-config: the configuration that nginx gets, and what a person cannot make of it. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ctl-test.h"
#include "limber-json.h"
#include "limber-nginx.h"
#include "limber-test.h"

#define LISTEN "127.0.0.1:18443" /* nginx is only asked what it thinks of it; nobody listens */

#define LONG "12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567"

typedef struct {
  char *dir;
  char *central;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = test_dir_new ();
  fixture->central = ctl_path (fixture->dir, "central");
  fixture->folder = ctl_path (fixture->dir, "a front");
  ctl_assert (0, "--store", fixture->central, "init", "--class", "central", "--name", "Harrow MSK", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_dir_remove (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->central);
  g_free (fixture->folder);
}

static char *
read_file (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static gboolean
is_there (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* @names: in order */
static void
assert_holds (Fixture *fixture, const char *names)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *all = NULL;

  for (const char *name = g_dir_read_name (folder); name != NULL; name = g_dir_read_name (folder))
    g_ptr_array_add (found, g_strdup (name));
  g_ptr_array_sort (found, compare_names);
  g_ptr_array_add (found, NULL);
  all = g_strjoinv (" ", (char **) found->pdata);
  g_assert_cmpstr (all, ==, names);
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in:\n%s", part, text);
}

static void
test_written (Fixture *fixture, gconstpointer data)
{
  g_autoptr (json_t) answer = ctl_json (0, "--store", fixture->central, "node-config", fixture->folder, "--listen", LISTEN, "--per-address", "77", NULL);
  g_autofree char *text = read_file (fixture, "nginx.conf"), *socket = g_strdup_printf ("server \"unix:%s/node.sock\";", fixture->folder);

  assert_has (text, "listen " LISTEN " ssl");
  assert_has (text, socket);
  assert_has (text, "limit_conn limber_address 77;");
  assert_has (text, "burst=231 ");
  g_assert_null (strchr (text, '@'));
  g_assert_true ((strstr (text, "\nuser \"") != NULL) == (geteuid () == 0));
  g_assert_cmpstr (json_string_value (json_array_get (json_object_get (answer, "listen"), 0)), ==, LISTEN);
  g_assert_true (json_is_true (json_object_get (answer, "made_certificate")));
  assert_holds (fixture, "certificate.pem key.pem nginx.conf temporary");
}

static void
test_certificate (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "certificate.pem", NULL), *key_path = g_build_filename (fixture->folder, "key.pem", NULL), *first = NULL, *first_key = NULL, *second = NULL,
                  *third = NULL, *third_key = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GSocketConnectable) name = g_network_address_new ("clinic.example", 443), address = g_network_address_new ("10.0.0.5", 443), other = g_network_address_new ("other.example", 443);
  g_autoptr (GDateTime) end = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  ctl_assert (0, "--store", fixture->central, "node-config", fixture->folder, "--listen", LISTEN, "--name", "clinic.example,10.0.0.5", NULL);
  certificate = g_tls_certificate_new_from_files (path, key_path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_tls_certificate_verify (certificate, name, certificate), ==, 0);
  g_assert_cmpint (g_tls_certificate_verify (certificate, address, certificate), ==, 0);
  g_assert_cmpint (g_tls_certificate_verify (certificate, other, certificate), ==, G_TLS_CERTIFICATE_BAD_IDENTITY);
  end = g_tls_certificate_get_not_valid_after (certificate);
  g_assert_cmpint (g_date_time_get_year (end), >, 2100);
  g_assert_cmpint (g_stat (key_path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  first = read_file (fixture, "certificate.pem");
  first_key = read_file (fixture, "key.pem");
  ctl_assert (0, "--store", fixture->central, "node-config", fixture->folder, "--listen", LISTEN, "--name", "new.example", NULL);
  second = read_file (fixture, "certificate.pem");
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpint (g_unlink (path), ==, 0);
  ctl_assert (0, "--store", fixture->central, "node-config", fixture->folder, "--listen", LISTEN, NULL);
  third = read_file (fixture, "certificate.pem");
  third_key = read_file (fixture, "key.pem");
  g_assert_cmpstr (first, !=, third);
  g_assert_cmpstr (first_key, ==, third_key);
}

static void
test_refused_by_nginx (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL, *rubbish = ctl_path (fixture->dir, "rubbish.pem"), *absent = ctl_path (fixture->dir, "absent.pem");
  g_autoptr (json_t) answer = NULL;

  g_assert_true (g_file_set_contents (rubbish, "rubbish", -1, NULL));
  ctl_assert (0, "--store", fixture->central, "node-config", fixture->folder, "--listen", LISTEN, NULL);
  before = read_file (fixture, "nginx.conf");
  answer = ctl_json (1, "--store", fixture->central, "node-config", fixture->folder, "--listen", "127.0.0.1:18444", "--certificate", rubbish, "--key", rubbish, NULL);
  g_assert_cmpstr (ctl_string (answer, "error"), ==, "refused");
  assert_has (ctl_string (answer, "message"), "nginx");
  ctl_assert (1, "--store", fixture->central, "node-config", fixture->folder, "--certificate", absent, "--key", absent, NULL);
  after = read_file (fixture, "nginx.conf");
  g_assert_cmpstr (before, ==, after);
  assert_holds (fixture, "certificate.pem key.pem nginx.conf temporary");
}

static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  static const char *const hostile[][2] = {
    { "--listen", "443; return 200" }, { "--listen", "0" }, { "--listen", "65536" }, { "--listen", "+443" }, { "--listen", "" }, { "--listen", ":443" }, { "--listen", "localhost:443" },
    { "--listen", "10.0.0.5" }, { "--listen", "10.0.0.5:" }, { "--listen", "fd00::5:443" }, { "--listen", "[10.0.0.5]:443" }, { "--listen", "[fd00::5%lo]:443" }, { "--listen", "[fd00::5]:443 http2" },
    { "--listen", "443\n}" }, { "--listen", "unix:/x" },
    { "--name", "a b" }, { "--name", "" }, { "--name", "a,,b" }, { "--name", "a," }, { "--name", "-a" }, { "--name", "a..b" }, { "--name", "a;b" }, { "--name", "a.example\n" }, { "--name", "*.example" },
    { "--socket", "/x\";return 200;\"" }, { "--socket", "/x$host" }, { "--socket", "/x\\" }, { "--socket", "/x\ny" },
    { "--socket", "/" LONG },
    { "--certificate", "/x" }, { "--key", "/x" },
    { "--user", "nobody;" }, { "--user", "no such user" }, { "--user", "nosuchuserhere" }, { "--user", "" }, { "--user", "root:" }, { "--user", "root:nosuchgrouphere" }, { "--user", "root:root;x" },
    { "--per-address", "0" }, { "--per-address", "2001" }, { "--per-address", "1;" }, { "--per-address", "" }, { "--per-address", "1e3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++) {
    g_autoptr (json_t) answer = ctl_json (2, "--store", fixture->central, "node-config", fixture->folder, hostile[i][0], hostile[i][1], NULL);

    g_assert_cmpstr (ctl_string (answer, "error"), ==, "usage");
    g_assert_false (is_there (fixture, "nginx.conf"));
  }
  for (guint i = 0; i < 5; i++) {
    g_autofree char *folder = g_strconcat (fixture->dir, (const char *const[]){ "/a\"b", "/a$b", "/a\\b", "/a\nb", "/" LONG }[i], NULL);

    ctl_assert (2, "--store", fixture->central, "node-config", folder, "--listen", LISTEN, NULL);
    g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  }
}

/* What is odd and yet fine. */
static void
test_odd (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_strconcat (fixture->dir, "/it's {odd}; # ünd", NULL), *plain = NULL, *text = NULL;

  ctl_assert (0, "--store", fixture->central, "node-config", folder, "--listen", "[::1]:18443", "--name", "fd00::5,x", "--user", "root:root", NULL);
  plain = g_build_filename (folder, "nginx.conf", NULL);
  g_assert_true (g_file_get_contents (plain, &text, NULL, NULL));
  assert_has (text, "listen [::1]:18443 ssl");
  assert_has (text, "user \"root\" \"root\";");
}

/* Where the node has still to make its socket, it finds the folder for it, which others than its group cannot enter. */
static void
test_socket (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = ctl_path (fixture->dir, "run"), *socket = g_build_filename (folder, "node.sock", NULL), *text = NULL, *line = g_strdup_printf ("server \"unix:%s\";", socket);
  GStatBuf info, store;

  ctl_assert (0, "--store", fixture->central, "node-config", fixture->folder, "--listen", LISTEN, "--socket", socket, NULL);
  text = read_file (fixture, "nginx.conf");
  assert_has (text, line);
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpint (g_stat (fixture->central, &store), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0750);
  g_assert_cmpint (info.st_uid, ==, store.st_uid);
  g_assert_cmpint (info.st_gid, ==, store.st_gid);
}

static void
test_device (Fixture *fixture, gconstpointer data)
{
  TestClock clock = { TEST_NOW };
  g_autoptr (LimberEnv) env = test_env_new (&clock);
  g_autofree char *desk = ctl_path (fixture->dir, "desk");
  LimberId site;
  LimberStore *store;

  test_id (&site, "site");
  store = test_store_new (desk, env, LIMBER_CLASS_DESK, &site);
  limber_store_close (store);
  g_object_unref (store);
  ctl_assert (1, "--store", desk, "node-config", fixture->folder, "--listen", LISTEN, NULL);
  g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
}

/* What is installed has the places that a system has for it. */
static void
test_installed (void)
{
  g_autoptr (LimberNginx) nginx = limber_nginx_new ("/etc/limber", NULL);
  g_autofree char *text = NULL;

  g_assert_true (limber_nginx_set_listen (nginx, "10.0.0.5:443", NULL));
  text = limber_nginx_to_text (nginx);
  assert_has (text, "pid \"/run/limber-nginx/nginx.pid\";");
  assert_has (text, "error_log \"/var/log/limber-nginx/nginx.log\" error;");
  assert_has (text, "proxy_temp_path \"/var/lib/limber-nginx/proxy\";");
  assert_has (text, "server \"unix:/run/limber/node.sock\";");
  assert_has (text, "ssl_certificate_key \"/etc/limber/key.pem\";");
  assert_has (text, "    listen 10.0.0.5:443 ssl ");
  g_assert_null (strstr (text, "0.0.0.0"));
}

#define ADD(path, func) g_test_add ("/ctl/node-config/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what-is-written-is-complete-and-nginx-takes-it", test_written);
  ADD ("a-certificate-is-made-once-and-lasts", test_certificate);
  ADD ("what-nginx-refuses-leaves-the-former-one", test_refused_by_nginx);
  ADD ("nothing-breaks-out-of-its-place", test_hostile);
  ADD ("odd-names-of-folders-are-fine", test_odd);
  ADD ("the-sockets-folder-is-made-for-the-node", test_socket);
  ADD ("a-device-has-no-node", test_device);
  g_test_add_func ("/ctl/node-config/what-is-installed-has-its-places", test_installed);
  return g_test_run ();
}
