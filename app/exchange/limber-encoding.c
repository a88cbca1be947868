/* A file has one encoding, found by one pass over all of it: decided cell by cell, the same letter would be read now one way
 * and now another. A byte order mark says it. Without one it is UTF-8, unless more bytes are wrong as UTF-8 than are right
 * beyond ASCII: in Windows-1252 hardly any accented letter is by chance UTF-8, and in UTF-8 with a damaged line most are.
 *
 * Nothing here fails for what stands in a file: what is no letter becomes U+FFFD, or the control character of its number, and
 * whoever reads the cell refuses it. */
#include "limber-encoding.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-error.h"

#define PIECE (16 * 1024)
#define LONGEST 4 /* bytes of a letter, in any of these */

/* Windows-1252 from 0x80 to 0x9f; what it leaves out is the control character of that number (WHATWG Encoding Standard). */
static const gunichar windows_1252[] = {
  0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
  0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

static const char *const names[] = { NULL, "UTF-8", "UTF-16LE", "UTF-16BE", "Windows-1252" };

/**
 * limber_encoding_name:
 *
 * Returns: (nullable): what people call it; %NULL for LIMBER_ENCODING_FIND
 */
const char *
limber_encoding_name (LimberEncoding encoding)
{
  return names[encoding];
}

/**
 * limber_encoding_parse:
 * @name: in either case
 *
 * Returns: whether @name is that of an encoding
 */
gboolean
limber_encoding_parse (const char *name, LimberEncoding *encoding)
{
  for (guint i = LIMBER_ENCODING_UTF_8; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0) {
      *encoding = (LimberEncoding) i;
      return TRUE;
    }
  return FALSE;
}

/* A converter from one of them, other than UTF-8, to UTF-8. */
#define LIMBER_TYPE_DECODER (limber_decoder_get_type ())
G_DECLARE_FINAL_TYPE (LimberDecoder, limber_decoder, LIMBER, DECODER, GObject)

struct _LimberDecoder {
  GObject        parent;
  LimberEncoding encoding;
};

static void limber_decoder_converter_init (GConverterIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LimberDecoder, limber_decoder, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_CONVERTER, limber_decoder_converter_init))

static void
limber_decoder_init (LimberDecoder *self)
{
}

static void
limber_decoder_class_init (LimberDecoderClass *klass)
{
}

static gunichar
unit_at (const guint8 *at, LimberEncoding encoding)
{
  return encoding == LIMBER_ENCODING_UTF_16LE ? at[0] | (gunichar) at[1] << 8 : at[1] | (gunichar) at[0] << 8;
}

/* One letter. Returns: how many bytes it is, 0 when more are needed to say. */
static gsize
letter_at (LimberEncoding encoding, const guint8 *at, gsize length, gboolean at_end, gunichar *letter)
{
  gunichar next;

  if (encoding == LIMBER_ENCODING_WINDOWS_1252) {
    *letter = at[0] >= 0x80 && at[0] < 0xa0 ? windows_1252[at[0] - 0x80] : at[0];
    return 1;
  }
  *letter = 0xfffd;
  if (length < 2)
    return at_end ? length : 0;
  *letter = unit_at (at, encoding);
  if (*letter < 0xd800 || *letter > 0xdfff)
    return 2;
  if (*letter < 0xdc00 && length < 4 && !at_end)
    return 0;
  next = *letter < 0xdc00 && length >= 4 ? unit_at (at + 2, encoding) : 0;
  if (next < 0xdc00 || next > 0xdfff) {
    *letter = 0xfffd;
    return 2;
  }
  *letter = 0x10000 + ((*letter - 0xd800) << 10) + (next - 0xdc00);
  return 4;
}

static GConverterResult
limber_decoder_convert (GConverter *converter, const void *in, gsize in_size, void *out, gsize out_size, GConverterFlags flags, gsize *bytes_read, gsize *bytes_written, GError **error)
{
  LimberEncoding encoding = LIMBER_DECODER (converter)->encoding;
  gboolean at_end = (flags & G_CONVERTER_INPUT_AT_END) != 0;
  const guint8 *from = in;

  *bytes_read = *bytes_written = 0;
  while (*bytes_read < in_size && out_size - *bytes_written >= LONGEST) {
    gunichar letter;
    gsize n = letter_at (encoding, from + *bytes_read, in_size - *bytes_read, at_end, &letter);

    if (n == 0)
      break;
    *bytes_read += n;
    *bytes_written += (gsize) g_unichar_to_utf8 (letter, (char *) out + *bytes_written);
  }
  if (*bytes_read == in_size && at_end)
    return G_CONVERTER_FINISHED;
  if (*bytes_read > 0)
    return G_CONVERTER_CONVERTED;
  g_set_error_literal (error, G_IO_ERROR, out_size < LONGEST ? G_IO_ERROR_NO_SPACE : G_IO_ERROR_PARTIAL_INPUT, "more is needed");
  return G_CONVERTER_ERROR;
}

static void
limber_decoder_reset (GConverter *converter)
{
}

static void
limber_decoder_converter_init (GConverterIface *iface)
{
  iface->convert = limber_decoder_convert;
  iface->reset = limber_decoder_reset;
}

static GInputStream *
decode (GInputStream *bytes, LimberEncoding encoding)
{
  g_autoptr (LimberDecoder) decoder = NULL;

  if (encoding == LIMBER_ENCODING_UTF_8)
    return g_object_ref (bytes);
  decoder = g_object_new (LIMBER_TYPE_DECODER, NULL);
  decoder->encoding = encoding;
  return g_converter_input_stream_new (bytes, G_CONVERTER (decoder));
}

/* What one pass over a file finds. */
typedef struct {
  guint8 first[4];  /* bytes, as many as there are */
  gsize  n_first;
  gint64 size;      /* bytes */
  gint64 right;     /* letters beyond ASCII that are UTF-8 */
  gint64 wrong;     /* bytes that are not */
  gint64 nothing;   /* NULs */
} Survey;

/* Looks at the whole letters of @at, and at what is none. Returns: how many bytes that was; a letter may be cut off at the end. */
static gsize
survey_piece (Survey *survey, const guint8 *at, gsize length, gboolean last)
{
  gsize i = 0;

  while (i < length) {
    gunichar letter;

    if (at[i] < 0x80) {
      survey->nothing += at[i++] == 0;
      continue;
    }
    if (length - i < LONGEST && !last)
      return i;
    letter = g_utf8_get_char_validated ((const char *) at + i, (gssize) (length - i));
    if (letter >= 0x80000000) { /* none, or cut off */
      survey->wrong++;
      i++;
      continue;
    }
    survey->right++;
    i += (gsize) g_unichar_to_utf8 (letter, NULL);
  }
  return i;
}

static gboolean
survey_bytes (GInputStream *bytes, Survey *survey, GError **error)
{
  guint8 buffer[PIECE];
  gsize kept = 0;
  gssize n;

  while ((n = g_input_stream_read (bytes, buffer + kept, PIECE - kept, NULL, error)) > 0) {
    gsize length = kept + (gsize) n, done = survey_piece (survey, buffer, length, FALSE);

    if (survey->size == 0) {
      survey->n_first = MIN (length, sizeof survey->first);
      memcpy (survey->first, buffer, survey->n_first);
    }
    survey->size += n;
    kept = length - done;
    memmove (buffer, buffer + done, kept);
  }
  survey_piece (survey, buffer, kept, TRUE);
  return n == 0;
}

static gboolean
begins_with (const Survey *survey, const char *mark, gsize length)
{
  return survey->n_first >= length && memcmp (survey->first, mark, length) == 0;
}

static gboolean
find (const Survey *survey, LimberEncoding said, LimberEncoding *found, GError **error)
{
  if (begins_with (survey, "\xef\xbb\xbf", 3))
    *found = LIMBER_ENCODING_UTF_8;
  else if (begins_with (survey, "\xff\xfe", 2))
    *found = LIMBER_ENCODING_UTF_16LE;
  else if (begins_with (survey, "\xfe\xff", 2))
    *found = LIMBER_ENCODING_UTF_16BE;
  else if (said != LIMBER_ENCODING_FIND)
    *found = said;
  else if (survey->nothing > survey->size / 4) {
    g_set_error_literal (error, LIMBER_ERROR, LIMBER_ERROR_FORMAT, _("this is no text in an encoding that can be found; save it as CSV in UTF-8"));
    return FALSE;
  } else
    *found = survey->wrong > survey->right ? LIMBER_ENCODING_WINDOWS_1252 : LIMBER_ENCODING_UTF_8;
  return TRUE;
}

/**
 * limber_encoding_open:
 * @bytes: a file's bytes, from its beginning; it must be possible to go back there
 * @said: the encoding, where it is known; a byte order mark says otherwise
 * @found: (out): what it is
 * @size: (out): about how many bytes of UTF-8 it comes to
 * @error: LIMBER_ERROR_FORMAT when it is no text; what the stream said when it failed
 *
 * Looks at a whole file.
 *
 * Returns: (transfer full) (nullable): it in UTF-8, a byte order mark first if it has one
 */
GInputStream *
limber_encoding_open (GInputStream *bytes, LimberEncoding said, LimberEncoding *found, gint64 *size, GError **error)
{
  Survey survey = { { 0 } };

  if (!survey_bytes (bytes, &survey, error) || !find (&survey, said, found, error) || !g_seekable_seek (G_SEEKABLE (bytes), 0, G_SEEK_SET, NULL, error))
    return NULL;
  *size = *found == LIMBER_ENCODING_UTF_8 ? survey.size : *found == LIMBER_ENCODING_WINDOWS_1252 ? survey.size + survey.wrong : survey.size / 2;
  return decode (bytes, *found);
}
