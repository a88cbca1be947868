/* What the desktop is told, against a server of notifications in this process, and without any. */
#include "desk.h"
#include "limber-person-page.h"
#include "sample.h"

#include <string.h>

/* A server as the desktop's, as far as is asked of it here. */
typedef struct {
  GDBusConnection *bus;
  guint            object, name;
  GHashTable      *shown; /* id → "title|body|action label …" */
  guint32          last;
} Server;

static const char interface[] =
  "<node><interface name='org.freedesktop.Notifications'>"
  "<method name='GetServerInformation'><arg type='s' direction='out'/><arg type='s' direction='out'/><arg type='s' direction='out'/><arg type='s' direction='out'/></method>"
  "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
  "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
  "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
  "<signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal><signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal></interface></node>";

static void
notify (Server *server, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  const char *application, *icon, *title, *body;
  g_autofree const char **actions = NULL;
  g_autoptr (GString) all = g_string_new (NULL);
  guint32 id;

  g_variant_get (parameters, "(&su&s&s&s^a&s@a{sv}i)", &application, &id, &icon, &title, &body, &actions, NULL, NULL);
  g_assert_cmpstr (application, ==, "Limber");
  g_string_printf (all, "%s|%s", title, body);
  for (guint i = 0; actions[i] != NULL; i += 2)
    g_string_append_printf (all, "|%s=%s", actions[i], actions[i + 1]);
  id = id != 0 ? id : ++server->last;
  g_hash_table_insert (server->shown, GUINT_TO_POINTER (id), g_strdup (all->str));
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", id));
}

static void
on_call (GDBusConnection *bus, const char *sender, const char *path, const char *iface, const char *method, GVariant *parameters, GDBusMethodInvocation *invocation, gpointer data)
{
  static const char *const capabilities[] = { "actions", "body", NULL };
  Server *server = data;
  guint32 id;

  if (g_str_equal (method, "Notify"))
    notify (server, parameters, invocation);
  else if (g_str_equal (method, "GetCapabilities"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^as)", capabilities));
  else if (g_str_equal (method, "CloseNotification")) {
    g_variant_get (parameters, "(u)", &id);
    g_hash_table_remove (server->shown, GUINT_TO_POINTER (id));
    g_dbus_method_invocation_return_value (invocation, NULL);
  } else
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(ssss)", "fake", "us", "1", "1.2"));
}

static void
on_name (GDBusConnection *bus, const char *name, gpointer done)
{
  *(gboolean *) done = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
server_begin (Server *server)
{
  static const GDBusInterfaceVTable table = { on_call, NULL, NULL, { 0 } };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface, NULL);
  static gboolean named;

  named = FALSE;
  *server = (Server){ .shown = g_hash_table_new_full (NULL, NULL, NULL, g_free) };
  server->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_assert_nonnull (server->bus);
  server->object = g_dbus_connection_register_object (server->bus, "/org/freedesktop/Notifications", node->interfaces[0], &table, server, NULL, NULL);
  server->name = g_bus_own_name_on_connection (server->bus, "org.freedesktop.Notifications", G_BUS_NAME_OWNER_FLAGS_REPLACE, on_name, NULL, &named, NULL);
  g_assert_true (test_wait (is_true, &named));
}

static void
server_end (Server *server)
{
  g_bus_unown_name (server->name);
  g_dbus_connection_unregister_object (server->bus, server->object);
  g_object_unref (server->bus);
  g_hash_table_unref (server->shown);
}

typedef struct {
  Server     *server;
  const char *text; /* (nullable): %NULL for nothing at all */
} Shown;

static gpointer
find_shown (Server *server, const char *text)
{
  GHashTableIter iter;
  gpointer id, said;

  g_hash_table_iter_init (&iter, server->shown);
  while (g_hash_table_iter_next (&iter, &id, &said))
    if (g_str_equal (said, text))
      return id;
  return NULL;
}

static gboolean
is_shown (gpointer data)
{
  Shown *shown = data;

  return shown->text == NULL ? g_hash_table_size (shown->server->shown) == 0 : find_shown (shown->server, shown->text) != NULL;
}

#define TOLD(server_, text_) G_STMT_START { Shown shown = { server_, text_ }; if (!test_wait (is_shown, &shown)) { GHashTableIter it; gpointer s; \
    g_hash_table_iter_init (&it, (server_)->shown); while (g_hash_table_iter_next (&it, NULL, &s)) g_test_message ("shown: %s", (char *) s); g_assert_not_reached (); } } G_STMT_END

static void
choose (Server *server, const char *text, const char *action)
{
  guint32 id = GPOINTER_TO_UINT (find_shown (server, text));

  g_assert_cmpuint (id, !=, 0);
  g_dbus_connection_emit_signal (server->bus, NULL, "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "ActionInvoked", g_variant_new ("(us)", id, action), NULL);
}

static GtkWindow *other; /* another program's, as far as the desk can tell */

static gboolean
is_behind (gpointer desk)
{
  return !gtk_window_is_active (GTK_WINDOW (((Desk *) desk)->window));
}

static void
look_elsewhere (Desk *desk)
{
  if (other == NULL)
    other = GTK_WINDOW (gtk_window_new ());
  gtk_window_present (other);
  g_assert_true (test_wait (is_behind, desk));
}

static gboolean
shows_a_person (gpointer desk)
{
  return desk_find (desk, desk_is_of_type, (gconstpointer) LIMBER_TYPE_PERSON_PAGE) != NULL;
}

/* Anna, at the desk, sees somebody today as well. */
static void
give_anna_a_visit (Desk *desk, const char *visit, const char *person, int minutes)
{
  sample_visit (desk->store, visit, person, "ruth", minutes);
}

#define YOUR "Your 10:45 is here|Waiting since 09:39|default=Open|open=Open|call=Call in"

static void
who_comes_is_told_without_a_name_and_can_be_called_in (void)
{
  Server server;
  Desk desk;

  server_begin (&server);
  desk_start_work (&desk, 12);
  look_elsewhere (&desk);
  give_anna_a_visit (&desk, "visit-anna", "thomas", 105);
  sample_arrive (desk.store, "visit-long", "long", 38); /* another's */
  sample_arrive (desk.store, "visit-anna", "thomas", 39);
  TOLD (&server, YOUR);
  g_assert_cmpuint (g_hash_table_size (server.shown), ==, 1);
  choose (&server, YOUR, "call");
  SEES (&desk, "David Thomas called");
  STATUS_IS (&desk, "visit-anna", "called");
  TOLD (&server, NULL);
  desk_tear_down (&desk);
  server_end (&server);
}

static void
a_click_opens_the_person_and_a_lock_takes_all_back (void)
{
  Server server;
  Desk desk;

  server_begin (&server);
  desk_start_work (&desk, 12);
  look_elsewhere (&desk);
  give_anna_a_visit (&desk, "visit-anna", "thomas", 105);
  sample_arrive (desk.store, "visit-anna", "thomas", 39);
  TOLD (&server, YOUR);
  choose (&server, YOUR, "default");
  g_assert_true (test_wait (shows_a_person, &desk));
  TOLD (&server, NULL);
  look_elsewhere (&desk);
  give_anna_a_visit (&desk, "visit-anna-2", "barton", 105);
  sample_arrive (desk.store, "visit-anna-2", "barton", 39);
  TOLD (&server, YOUR);
  desk_act (&desk, "win.lock");
  TOLD (&server, NULL);
  give_anna_a_visit (&desk, "visit-anna-3", "li", 105);
  sample_arrive (desk.store, "visit-anna-3", "li", 39);
  desk_give_pin (&desk, SAMPLE_PIN);
  SEES_NOT (&desk, "Locked.");
  TOLD (&server, NULL); /* nothing of what came while nobody was there, nor later of it */
  desk_tear_down (&desk);
  server_end (&server);
}

static void
a_task_is_told_and_can_be_done (void)
{
  static const char told[] = "The desk is needed|2 tasks wait|default=Open|open=Open";
  Server server;
  Desk desk;

  server_begin (&server);
  desk_start_work (&desk, 12);
  SEES (&desk, "two people match");
  look_elsewhere (&desk);
  sample_task (desk.store, "task-new", "other", "", 40);
  TOLD (&server, told);
  choose (&server, told, "open");
  TOLD (&server, NULL);
  desk_tear_down (&desk);
  server_end (&server);
}

static void
without_a_server_the_desk_works_as_ever (void)
{
  Desk desk;

  desk_start_work (&desk, 12);
  look_elsewhere (&desk);
  give_anna_a_visit (&desk, "visit-anna", "thomas", 105);
  sample_arrive (desk.store, "visit-anna", "thomas", 39);
  desk_select (&desk, "visit-anna");
  SEES (&desk, "Here 09:39");
  desk_act (&desk, "win.lock");
  SEES (&desk, "Locked.");
  desk_tear_down (&desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  desk_begin ();
  g_test_add_func ("/ui/bell/without-a-server-the-desk-works-as-ever", without_a_server_the_desk_works_as_ever);
  g_test_add_func ("/ui/bell/who-comes-is-told-without-a-name-and-can-be-called-in", who_comes_is_told_without_a_name_and_can_be_called_in);
  g_test_add_func ("/ui/bell/a-click-opens-the-person-and-a-lock-takes-all-back", a_click_opens_the_person_and_a_lock_takes_all_back);
  g_test_add_func ("/ui/bell/a-task-is-told-and-can-be-done", a_task_is_told_and_can_be_done);
  return g_test_run ();
}
