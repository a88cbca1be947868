/* A call is new only while it is: what comes late, as after the line was down, is shown among the last ones or not at all, and
 * nobody is called out who may have gone in long since. */
#include "limber-board.h"

#include "limber-date.h"
#include "limber-live-query.h"
#include "limber-notice.h"

#define MINUTE (60 * G_GINT64_CONSTANT (1000))
#define CALL_MINUTES 2
#define RECENT_MINUTES 30
#define VOLUME 80
/* So old a call may be, in milliseconds, to be called out. */
#define NEWS MINUTE
/* So long the line may be down before it is said: it often comes back at once. */
#define PATIENCE (5 * G_USEC_PER_SEC)

struct _LimberBoard {
  GObject parent_instance;

  LimberEnv       *env;     /* (owned) */
  LimberStore     *store;   /* (owned) (nullable) */
  LimberClient    *client;  /* (owned) (nullable) */
  LimberLiveQuery *calls;   /* (owned) (nullable) */
  LimberLiveQuery *sites;   /* (owned) (nullable): its own one */
  GHashTable      *heard;   /* (owned): LimberId set: the calls that were called out, or came too late for that */
  LimberRow       *now;     /* (owned) (nullable) */
  GPtrArray       *recent;  /* (owned) (element-type LimberRow) */
  GPtrArray       *notices; /* (owned) (element-type LimberNotice) */
  char            *said;    /* (owned): all that is shown, to see whether it is something else */
  gint64           lost;    /* when the line was seen to be down, by a clock that never goes back; 0: it is not */
};

enum {
  CHANGED,
  CALLED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberBoard, limber_board, G_TYPE_OBJECT)

static LimberRow *
site_row (LimberBoard *board)
{
  g_autoptr (LimberRow) row = board->sites != NULL ? g_list_model_get_item (G_LIST_MODEL (board->sites), 0) : NULL;

  return row; /* the model keeps it */
}

static gint64
site_integer (LimberBoard *board, const char *name, gint64 otherwise)
{
  LimberRow *row = site_row (board);

  return row != NULL && limber_row_has (row, name) ? limber_row_integer (row, name) : otherwise;
}

/* Milliseconds since the call; a clock may be a little off. */
static gint64
age_of (LimberBoard *board, LimberRow *call)
{
  return MAX (0, limber_env_now (board->env) - limber_row_integer (call, "at"));
}

/* Of several calls for one visit the last one stands for all. */
static gboolean
is_of_another_visit (LimberBoard *board, LimberRow *call)
{
  const LimberId *id = limber_row_id (call, "appointment");

  if (id == NULL || (board->now != NULL && limber_id_equal (id, limber_row_id (board->now, "appointment"))))
    return FALSE;
  for (guint i = 0; i < board->recent->len; i++)
    if (limber_id_equal (id, limber_row_id (g_ptr_array_index (board->recent, i), "appointment")))
      return FALSE;
  return TRUE;
}

/* @call: the next one, from the newest on */
static void
sort_in (LimberBoard *board, LimberRow *call)
{
  gint64 age = age_of (board, call);
  gboolean first = board->now == NULL && board->recent->len == 0;
  gboolean stands = !limber_row_integer (call, "gone_in") && age < site_integer (board, "call_minutes", CALL_MINUTES) * MINUTE;

  if (!is_of_another_visit (board, call))
    return;
  if (stands && (first || board->now == NULL))
    board->now = g_object_ref (call);
  else if (age < site_integer (board, "recent_minutes", RECENT_MINUTES) * MINUTE && board->recent->len < LIMBER_BOARD_RECENT)
    g_ptr_array_add (board->recent, g_object_ref (call));
}

static void
add_said (GString *said, LimberRow *call)
{
  char id[LIMBER_ID_TEXT_LENGTH + 1];
  const char *place = limber_row_text (call, "place_name");

  limber_id_to_text (limber_row_id (call, "id"), id);
  g_string_append_printf (said, "%s %s %s\n", id, limber_row_text (call, "shown"), place != NULL ? place : "");
}

/* Everything that is shown, as one text. */
static char *
dup_said (LimberBoard *board)
{
  GString *said = g_string_new (limber_board_get_site (board));

  g_string_append_printf (said, "\n%d\n", limber_board_is_connected (board));
  if (board->now != NULL)
    add_said (said, board->now);
  g_string_append_c (said, '\n');
  for (guint i = 0; i < board->recent->len; i++)
    add_said (said, g_ptr_array_index (board->recent, i));
  for (guint i = 0; i < board->notices->len; i++) {
    const LimberNotice *notice = g_ptr_array_index (board->notices, i);

    g_string_append_printf (said, "%d %d %" G_GINT64_FORMAT " %s\n", notice->about, notice->minutes, notice->start, notice->text);
  }
  return g_string_free (said, FALSE);
}

static void
read_notices (LimberBoard *board)
{
  LimberRow *row = site_row (board);
  gint64 now = limber_env_now (board->env);

  g_clear_pointer (&board->notices, g_ptr_array_unref);
  board->notices = limber_notice_parse (row != NULL ? limber_row_text (row, "notices") : NULL, now);
}

/* Calls out what has just come. Where several came at once, in their order. */
static void
call_out (LimberBoard *board)
{
  GListModel *calls = G_LIST_MODEL (board->calls);

  for (guint i = g_list_model_get_n_items (calls); i-- > 0;) {
    g_autoptr (LimberRow) call = g_list_model_get_item (calls, i);
    const LimberId *id = limber_row_id (call, "id");

    if (g_hash_table_add (board->heard, limber_id_copy (id)) && !limber_row_integer (call, "gone_in") && age_of (board, call) < NEWS)
      g_signal_emit (board, signals[CALLED], 0, call);
  }
}

static void
update (LimberBoard *board)
{
  g_autofree char *said = NULL;

  g_clear_object (&board->now);
  g_ptr_array_set_size (board->recent, 0);
  for (guint i = 0; board->calls != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (board->calls)); i++) {
    g_autoptr (LimberRow) call = g_list_model_get_item (G_LIST_MODEL (board->calls), i);

    sort_in (board, call);
  }
  read_notices (board);
  said = dup_said (board);
  if (g_strcmp0 (said, board->said) == 0)
    return;
  g_free (board->said);
  board->said = g_steal_pointer (&said);
  g_signal_emit (board, signals[CHANGED], 0);
}

static void
on_calls (LimberBoard *board)
{
  update (board);
  call_out (board);
}

static gboolean
is_in_touch (LimberBoard *board)
{
  LimberClientState state = board->client != NULL ? limber_client_get_state (board->client) : LIMBER_CLIENT_OFFLINE;

  return state != LIMBER_CLIENT_OFFLINE && state != LIMBER_CLIENT_REFUSED && limber_client_get_peer (board->client) != NULL;
}

static void
look_at_line (LimberBoard *board)
{
  if (is_in_touch (board))
    board->lost = 0;
  else if (board->lost == 0)
    board->lost = limber_env_monotonic (board->env);
}

static void
on_line (LimberBoard *board)
{
  look_at_line (board);
  update (board);
}

static void
drop_store (LimberBoard *board)
{
  if (board->calls != NULL)
    g_signal_handlers_disconnect_by_data (board->calls, board);
  if (board->sites != NULL)
    g_signal_handlers_disconnect_by_data (board->sites, board);
  if (board->client != NULL)
    g_signal_handlers_disconnect_by_data (board->client, board);
  g_clear_object (&board->calls);
  g_clear_object (&board->sites);
  g_clear_object (&board->client);
  g_clear_object (&board->store);
}

static void
limber_board_dispose (GObject *object)
{
  LimberBoard *board = LIMBER_BOARD (object);

  drop_store (board);
  g_clear_object (&board->now);
  g_clear_pointer (&board->recent, g_ptr_array_unref);
  g_clear_pointer (&board->notices, g_ptr_array_unref);
  g_clear_pointer (&board->heard, g_hash_table_unref);
  g_clear_pointer (&board->said, g_free);
  g_clear_pointer (&board->env, limber_env_unref);
  G_OBJECT_CLASS (limber_board_parent_class)->dispose (object);
}

static void
limber_board_class_init (LimberBoardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_board_dispose;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_BOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CALLED] = g_signal_new ("called", LIMBER_TYPE_BOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIMBER_TYPE_ROW);
}

static void
limber_board_init (LimberBoard *board)
{
  board->recent = g_ptr_array_new_with_free_func (g_object_unref);
  board->heard = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, NULL);
}

/**
 * limber_board_new:
 * @env: whose clock counts
 *
 * Returns: (transfer full): one that has nothing to say yet
 */
LimberBoard *
limber_board_new (LimberEnv *env)
{
  LimberBoard *board = g_object_new (LIMBER_TYPE_BOARD, NULL);

  board->env = limber_env_ref (env);
  board->notices = limber_notice_parse (NULL, 0);
  return board;
}

/**
 * limber_board_set_store:
 * @store: (nullable): the screen's store, %NULL when there is none that works
 * @client: (nullable): what keeps it in step
 */
void
limber_board_set_store (LimberBoard *board, LimberStore *store, LimberClient *client)
{
  LimberId site = { 0 };

  drop_store (board);
  if (store != NULL) {
    site = limber_store_identity (store)->site;
    board->store = g_object_ref (store);
    board->client = g_object_ref (client);
    board->calls = limber_live_query_new (store, "calls", "");
    board->sites = limber_live_query_new (store, "site-of-board", "d", &site);
    g_signal_connect_swapped (board->calls, "items-changed", G_CALLBACK (on_calls), board);
    g_signal_connect_swapped (board->sites, "items-changed", G_CALLBACK (update), board);
    g_signal_connect_swapped (client, "notify", G_CALLBACK (on_line), board);
  }
  look_at_line (board);
  update (board);
}

/**
 * limber_board_tick:
 *
 * A second has gone: what has stood long enough goes.
 */
void
limber_board_tick (LimberBoard *board)
{
  look_at_line (board);
  update (board);
}

/**
 * limber_board_get_now:
 *
 * Returns: (transfer none) (nullable): the newest call, while it stands
 */
LimberRow *
limber_board_get_now (LimberBoard *board)
{
  return board->now;
}

/**
 * limber_board_get_recent:
 *
 * Returns: (transfer none) (element-type LimberRow): those who were called before, the last one first; at most
 *   LIMBER_BOARD_RECENT
 */
GPtrArray *
limber_board_get_recent (LimberBoard *board)
{
  return board->recent;
}

/**
 * limber_board_get_notices:
 *
 * Returns: (transfer none) (element-type LimberNotice): what else is to be said
 */
GPtrArray *
limber_board_get_notices (LimberBoard *board)
{
  return board->notices;
}

/**
 * limber_board_get_site:
 *
 * Returns: (nullable): the name of the site, %NULL until it is known
 */
const char *
limber_board_get_site (LimberBoard *board)
{
  LimberRow *row = site_row (board);

  return row != NULL ? limber_row_text (row, "name") : NULL;
}

/**
 * limber_board_get_volume:
 *
 * Returns: how loud the chime and the voice are, 0 to 100
 */
guint
limber_board_get_volume (LimberBoard *board)
{
  return (guint) site_integer (board, "volume", VOLUME);
}

/**
 * limber_board_is_connected:
 *
 * Returns: whether calls come at once; when the line has only just gone down, they still may
 */
gboolean
limber_board_is_connected (LimberBoard *board)
{
  return board->lost == 0 || limber_env_monotonic (board->env) - board->lost < PATIENCE;
}
