/* POST /sync/v1/leave: a device that was told to go names the ends of all chains that it holds. It is let go when central has
 * them all; only then may it remove its store. */
#include <glib/gi18n-lib.h>

#include "limber-call.h"
#include "limber-error.h"
#include "limber-heads.h"
#include "limber-json.h"
#include "limber-session.h"

static gboolean
prepare (LimberCall *call, LimberReader *reader, GError **error)
{
  g_autoptr (json_t) json = limber_message_json (call->request, error);
  const json_t *heads = json_object_get (json, "heads");
  gboolean all = json_is_array (heads) && call->standing.leaving != LIMBER_LEAVING_NOT;

  if (json == NULL)
    return FALSE;
  if (json_array_size (heads) > LIMBER_HEADS_MAXIMUM) {
    g_set_error (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, "Too many heads");
    return FALSE;
  }
  for (gsize i = 0; all && i < json_array_size (heads); i++) {
    LimberPoint point = { 0 };

    all = limber_heads_read_point (json_array_get (heads, i), &point) && limber_session_is_at_central (reader, &point);
  }
  if (!all || call->standing.left) {
    json_t *answer = json_pack ("{s:b}", "left", all);

    limber_call_describe (call, reader, answer);
    limber_call_answer (call, answer);
  }
  return TRUE;
}

static gboolean
let_go (LimberCall *call, LimberTransaction *transaction, GError **error)
{
  static const LimberAuthor author = { "system:limber-node", "node" };
  g_autoptr (LimberEdit) edit = limber_edit_new ("device", &call->signature.device);
  json_t *answer;

  limber_edit_set_integer (edit, "left", limber_transaction_now (transaction));
  if (!limber_transaction_edit (transaction, edit, &author, error))
    return FALSE;
  answer = json_pack ("{s:b}", "left", TRUE);
  limber_call_describe (call, limber_transaction_reader (transaction), answer);
  limber_call_answer (call, answer);
  return TRUE;
}

const LimberHandler limber_node_leave = { "POST", "/sync/v1/leave", FALSE, TRUE, 0, prepare, let_go, NULL };
