/* A request is carried out in a thread of its own, so that the owner's main loop never waits for one. The owner holds the
 * store's lock, so a socket that is there when it starts belongs to nobody and is put away. A caller that hangs up stops
 * its command between two steps. */
#include "limber-control.h"

#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "limber-errand.h"
#include "limber-error.h"
#include "limber-json.h"

#define REQUESTS_AT_ONCE 8
#define PATIENCE_SECONDS 30
#define PATH_MAXIMUM 100
#define PIECE (64 * 1024)

struct _LimberControl {
  GObject         parent;
  LimberStore    *store;       /* (owned) */
  gpointer        client;      /* (unowned) (nullable) */
  const LimberCommand *const *tables; /* (unowned) */
  GSocketService *service;     /* (owned) */
  char           *path;        /* (owned) */
  GCancellable   *cancellable; /* (owned): stops what is being carried out */
  GArray         *pages;       /* (owned): Page; all are there before anybody is heard */
  GMutex          mutex;
  GCond           cond;
  guint           running;     /* (mutex mutex) */
};

G_DEFINE_FINAL_TYPE (LimberControl, limber_control, G_TYPE_OBJECT)

typedef struct {
  const char       *path;
  LimberControlPage page;
  gpointer          data; /* (unowned) */
} Page;

/* One request, in its own thread. */
typedef struct {
  GSocket      *socket;
  LimberErrand *errand; /* (owned) (nullable) */
  gboolean      gone;   /* the caller hung up */
} Request;

static void
send_bytes (Request *request, const char *bytes, gsize length)
{
  gsize done = 0;

  while (!request->gone && done < length) {
    gssize n = g_socket_send (request->socket, bytes + done, length - done, NULL, NULL);

    if (n <= 0)
      request->gone = TRUE;
    done += (gsize) MAX (n, 0);
  }
}

static void
send_json (Request *request, json_t *message)
{
  g_autofree char *text = limber_json_dup (message), *line = g_strconcat (text, "\n", NULL);

  send_bytes (request, line, strlen (line));
  json_decref (message);
}

static void
notice_hang_up (Request *request)
{
  char byte;

  if (!request->gone && (g_socket_condition_check (request->socket, G_IO_IN | G_IO_HUP) & (G_IO_IN | G_IO_HUP)) &&
      recv (g_socket_get_fd (request->socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0 && request->errand != NULL)
    g_cancellable_cancel (request->errand->cancellable);
}

static void
send_text (Request *request, const char *name, const char *text, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) length);

  for (const char *at = valid; *at != '\0';) {
    gsize piece = MIN (strlen (at), PIECE);

    while (at[piece] != '\0' && ((guchar) at[piece] & 0xc0) == 0x80)
      piece--;
    send_json (request, json_pack ("{s:s%}", name, at, piece));
    at += piece;
  }
}

static void
send_output (const char *text, gsize length, gpointer data)
{
  send_text (data, "output", text, length);
  notice_hang_up (data);
}

static void
send_news (const char *text, gsize length, gpointer data)
{
  send_text (data, "say", text, length);
  notice_hang_up (data);
}

static gboolean
is_heard (GSocket *socket)
{
  g_autoptr (GCredentials) credentials = g_socket_get_credentials (socket, NULL);
  uid_t user = credentials != NULL ? g_credentials_get_unix_user (credentials, NULL) : (uid_t) -1;

  return user == geteuid () || user == 0;
}

/* Which begins with a method. */
static gboolean
is_http (const GByteArray *bytes)
{
  return bytes->len > 0 && g_ascii_isupper (bytes->data[0]);
}

/* HTTP's head ends with an empty line; ours is one line. */
static gboolean
is_whole (const GByteArray *bytes)
{
  if (is_http (bytes))
    return memmem (bytes->data, bytes->len, "\r\n\r\n", 4) != NULL || memmem (bytes->data, bytes->len, "\n\n", 2) != NULL;
  return bytes->len > 0 && bytes->data[bytes->len - 1] == '\n';
}

/* Returns: (transfer full) (nullable): a request as it came */
static GByteArray *
read_request (GSocket *socket, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 piece[4096];

  while (!is_whole (bytes)) {
    gssize n = g_socket_receive (socket, (char *) piece, sizeof piece, NULL, error);

    if (n < 0)
      return NULL;
    g_byte_array_append (bytes, piece, (guint) n);
    if (n == 0 || bytes->len > (is_http (bytes) ? LIMBER_CONTROL_HEAD_MAXIMUM : LIMBER_CONTROL_REQUEST_MAXIMUM)) {
      g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, _("The request is not whole, or too long"));
      return NULL;
    }
  }
  return g_steal_pointer (&bytes);
}

static const Page *
find_page (LimberControl *self, const char *path)
{
  for (guint i = 0; i < self->pages->len; i++)
    if (g_strcmp0 (g_array_index (self->pages, Page, i).path, path) == 0)
      return &g_array_index (self->pages, Page, i);
  return NULL;
}

/* One answer, and the connection ends with it: who asks every few seconds needs no more of HTTP. */
static void
answer_http (LimberControl *self, Request *request, const GByteArray *bytes)
{
  g_autofree char *head = g_strndup ((const char *) bytes->data, bytes->len), *text = NULL, *lines = NULL;
  g_auto (GStrv) words = g_strsplit_set (head, " \r\n", 3);
  char *query = words[0] != NULL && words[1] != NULL ? strchr (words[1], '?') : NULL;
  const Page *page;
  gboolean get = g_strcmp0 (words[0], "GET") == 0;
  const char *type = "text/plain";
  guint status;

  if (query != NULL)
    *query++ = '\0';
  page = words[0] != NULL ? find_page (self, words[1]) : NULL;
  status = !get ? 405 : page == NULL ? 404 : 200;
  text = status == 200 ? page->page (page->data, query, &type, &status) : g_strdup ("");
  lines = g_strdup_printf ("HTTP/1.1 %u %s\r\nContent-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n", status,
                           status == 200 ? "OK" : status == 404 ? "Not Found" : status == 405 ? "Method Not Allowed" : "Service Unavailable", type, strlen (text));
  send_bytes (request, lines, strlen (lines));
  send_bytes (request, text, strlen (text));
}

static LimberErrand *
make_errand (LimberControl *self, json_t *request, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  json_t *words = json_object_get (request, "argv");
  gsize i;
  json_t *word;
  g_autofree char *dir = g_strconcat ("--store=", limber_store_dir (self->store), NULL);
  LimberErrand *errand;

  json_array_foreach (words, i, word)
    if (json_string_value (word) != NULL)
      g_strv_builder_add (builder, json_string_value (word));
  g_strv_builder_add (builder, dir);
  argv = g_strv_builder_end (builder);
  errand = limber_errand_parse (self->tables, (const char *const *) argv, limber_store_env (self->store), error);
  if (errand == NULL)
    return NULL;
  if (errand->command == NULL || errand->help || errand->command->needs < LIMBER_NEEDS_READ) {
    limber_errand_free (errand);
    limber_errand_usage (error, _("This is not for the store's owner to do"));
    return NULL;
  }
  errand->store = g_object_ref (self->store);
  errand->client = self->client;
  errand->input = g_strdup (limber_json_string (request, "input"));
  return errand;
}

static void
stop_errand (GCancellable *cancellable, gpointer errand)
{
  g_cancellable_cancel (((LimberErrand *) errand)->cancellable);
}

static void
answer (LimberControl *self, Request *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) bytes = read_request (request->socket, &error);
  g_autoptr (json_t) message = NULL;
  int status = 1;
  gulong handler;

  if (bytes != NULL && is_http (bytes)) {
    answer_http (self, request, bytes);
    return;
  }
  message = bytes != NULL ? limber_json_parse ((const char *) bytes->data, bytes->len, &error) : NULL;
  request->errand = message != NULL ? make_errand (self, message, &error) : NULL;
  if (request->errand != NULL) {
    request->errand->write = send_output;
    request->errand->say = send_news;
    request->errand->data = request;
    handler = g_cancellable_connect (self->cancellable, G_CALLBACK (stop_errand), request->errand, NULL);
    limber_errand_perform (request->errand);
    g_cancellable_disconnect (self->cancellable, handler);
    status = request->errand->status;
  } else {
    g_autofree char *line = g_strdup_printf ("limberctl: %s\n", error->message);

    send_text (request, "say", line, strlen (line));
    status = limber_error_exit_status (error);
  }
  send_json (request, json_pack ("{s:i}", "exit", status));
  g_clear_pointer (&request->errand, limber_errand_free);
}

static gboolean
count_in (LimberControl *self)
{
  gboolean open;

  g_mutex_lock (&self->mutex);
  open = !g_cancellable_is_cancelled (self->cancellable);
  self->running += open ? 1 : 0;
  g_mutex_unlock (&self->mutex);
  return open;
}

static void
count_out (LimberControl *self)
{
  g_mutex_lock (&self->mutex);
  self->running--;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static gboolean
on_run (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, LimberControl *self)
{
  Request request = { g_socket_connection_get_socket (connection), NULL, FALSE };

  if (!is_heard (request.socket) || !count_in (self))
    return TRUE;
  g_socket_set_timeout (request.socket, PATIENCE_SECONDS);
  answer (self, &request);
  count_out (self);
  return TRUE;
}

/**
 * limber_control_address:
 * @dir: a store's folder
 * @folder: (out): a descriptor of @dir to keep open while the address is in use, or -1
 *
 * A socket's path may have only 107 bytes; a longer one goes by way of its folder's descriptor.
 *
 * Returns: (transfer full): the address of its owner's socket
 */
GSocketAddress *
limber_control_address (const char *dir, int *folder)
{
  g_autofree char *path = g_build_filename (dir, "control", NULL), *shorter = NULL;

  *folder = -1;
  if (strlen (path) > PATH_MAXIMUM)
    *folder = open (dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (*folder >= 0)
    shorter = g_strdup_printf ("/proc/self/fd/%d/control", *folder);
  return g_unix_socket_address_new (shorter != NULL ? shorter : path);
}

static GSocket *
listen_at (LimberControl *self, GError **error)
{
  int folder;
  g_autoptr (GSocketAddress) address = limber_control_address (limber_store_dir (self->store), &folder);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  gboolean ok;

  g_unlink (self->path);
  ok = socket != NULL && g_socket_bind (socket, address, FALSE, error) && g_chmod (self->path, 0600) == 0 && g_socket_listen (socket, error);
  if (folder >= 0)
    close (folder);
  return ok ? g_steal_pointer (&socket) : NULL;
}

static void
limber_control_finalize (GObject *object)
{
  LimberControl *self = LIMBER_CONTROL (object);

  limber_control_stop (self);
  g_clear_object (&self->service);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_array_unref (self->pages);
  g_free (self->path);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  G_OBJECT_CLASS (limber_control_parent_class)->finalize (object);
}

static void
limber_control_class_init (LimberControlClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_control_finalize;
}

static void
limber_control_init (LimberControl *self)
{
  self->cancellable = g_cancellable_new ();
  self->pages = g_array_new (FALSE, FALSE, sizeof (Page));
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
}

/**
 * limber_control_new:
 * @store: a store that this program owns
 * @client: (nullable): its LimberClient, for `sync`; must outlive the control
 * @tables: (unowned): the commands that this program carries out
 * @error: when the socket cannot be made
 *
 * Begins to listen. Needs a main loop to run.
 *
 * Returns: (transfer full) (nullable): the control
 */
LimberControl *
limber_control_new (LimberStore *store, gpointer client, const LimberCommand *const *tables, GError **error)
{
  g_autoptr (LimberControl) self = g_object_new (LIMBER_TYPE_CONTROL, NULL);
  g_autoptr (GSocket) socket = NULL;

  self->store = g_object_ref (store);
  self->client = client;
  self->tables = tables;
  self->path = g_build_filename (limber_store_dir (store), "control", NULL);
  socket = listen_at (self, error);
  if (socket == NULL)
    return NULL;
  self->service = g_threaded_socket_service_new (REQUESTS_AT_ONCE);
  if (!g_socket_listener_add_socket (G_SOCKET_LISTENER (self->service), socket, NULL, error))
    return NULL;
  g_signal_connect (self->service, "run", G_CALLBACK (on_run), self);
  g_socket_service_start (self->service);
  return g_steal_pointer (&self);
}

/**
 * limber_control_add_page:
 * @path: where it is, from its / on
 * @data: (unowned): must outlive the control
 *
 * Gives whoever asks in HTTP a page. To be called before the main loop runs.
 */
void
limber_control_add_page (LimberControl *control, const char *path, LimberControlPage page, gpointer data)
{
  Page added = { path, page, data };

  g_array_append_val (control->pages, added);
}

/**
 * limber_control_stop:
 *
 * Stops listening, and waits until what is being carried out has ended. To be called before the store is closed.
 */
void
limber_control_stop (LimberControl *self)
{
  if (self->service == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_unlink (self->path);
  g_cancellable_cancel (self->cancellable);
  g_mutex_lock (&self->mutex);
  while (self->running > 0)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}
