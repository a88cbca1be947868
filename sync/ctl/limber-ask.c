#include "limber-ask.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "limber-control.h"
#include "limber-error.h"
#include "limber-json.h"

#define ANSWER_MAXIMUM (1024 * 1024)
#define PAGE_PATIENCE 10 /* seconds */

static GSocketConnection *
connect_to (const char *dir)
{
  int folder;
  g_autoptr (GSocketAddress) address = limber_control_address (dir, &folder);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  GSocketConnection *connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);

  if (folder >= 0)
    close (folder);
  return connection;
}

static char *
make_request (LimberErrand *errand)
{
  g_auto (GStrv) argv = limber_errand_to_argv (errand);
  g_autoptr (json_t) request = json_pack ("{s:[], s:s?}", "argv", "input", errand->input);
  g_autofree char *text = NULL;

  for (guint i = 0; argv[i] != NULL; i++)
    json_array_append_new (json_object_get (request, "argv"), json_string (argv[i]));
  text = limber_json_dup (request);
  return g_strconcat (text, "\n", NULL);
}

/* The owner reads the end of our side as a wish to stop; what it has to say still comes. */
static void
hang_up (GCancellable *cancellable, gpointer socket)
{
  g_socket_shutdown (socket, FALSE, TRUE, NULL);
}

/* One line of the answer. Returns whether it was the last. */
static gboolean
take_line (LimberErrand *errand, const char *line, gsize length, GError **error)
{
  g_autoptr (json_t) message = limber_json_parse (line, length, error);
  const char *output = limber_json_string (message, "output"), *news = limber_json_string (message, "say");

  if (output != NULL)
    errand->write (output, strlen (output), errand->data);
  if (news != NULL)
    errand->say (news, strlen (news), errand->data);
  errand->status = (int) limber_json_integer (message, "exit", errand->status);
  return message == NULL || json_object_get (message, "exit") != NULL;
}

static gboolean
read_answer (LimberErrand *errand, GInputStream *stream, GError **error)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (stream);
  g_autoptr (GError) why = NULL;

  for (;;) {
    gsize length = 0;
    g_autofree char *line = g_data_input_stream_read_line (lines, &length, NULL, &why);

    if (line == NULL || length > ANSWER_MAXIMUM) {
      g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_BUSY, _("The program that owns the store went away before it had answered. What it had saved is saved."));
      return FALSE;
    }
    if (take_line (errand, line, length, &why))
      break;
  }
  if (why != NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  return error == NULL || *error == NULL;
}

/**
 * limber_ask_owner:
 * @errand: what to do; its `write` and `say` get what the owner answers, its status becomes the owner's
 * @answered: (out): whether there was an owner that listens
 * @error: LIMBER_ERROR_BUSY when it went away
 *
 * Returns: whether the owner has carried out the errand, whatever came of it
 */
gboolean
limber_ask_owner (LimberErrand *errand, gboolean *answered, GError **error)
{
  g_autoptr (GSocketConnection) connection = connect_to (errand->dir);
  g_autofree char *request = NULL;
  gboolean done;
  gulong handler;

  *answered = connection != NULL;
  if (connection == NULL)
    return FALSE;
  request = make_request (errand);
  if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request), NULL, NULL, error))
    return FALSE;
  handler = g_cancellable_connect (errand->cancellable, G_CALLBACK (hang_up), g_socket_connection_get_socket (connection), NULL);
  done = read_answer (errand, g_io_stream_get_input_stream (G_IO_STREAM (connection)), error);
  g_cancellable_disconnect (errand->cancellable, handler);
  return done;
}

/**
 * limber_ask_page:
 * @dir: a store's folder
 * @path: of a page that its owner has, where it is a node
 *
 * Returns: (transfer full) (nullable): what the page says; %NULL when nobody owns the store, or he has no such page
 */
char *
limber_ask_page (const char *dir, const char *path)
{
  g_autoptr (GSocketConnection) connection = connect_to (dir);
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", path), *answer = g_malloc0 (ANSWER_MAXIMUM + 1);
  const char *body;

  if (connection == NULL)
    return NULL;
  g_socket_set_timeout (g_socket_connection_get_socket (connection), PAGE_PATIENCE);
  if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request), NULL, NULL, NULL) ||
      !g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer, ANSWER_MAXIMUM, NULL, NULL, NULL))
    return NULL;
  body = strstr (answer, "\r\n\r\n");
  return body != NULL && !g_str_has_prefix (answer, "HTTP/1.1 404") ? g_strdup (body + 4) : NULL;
}
