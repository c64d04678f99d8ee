<?php
/**
 * Plugin Name:       alttext
 * Description:       Gives new images of the media library a text alternative, by an alttext service of your own.
 * Version:           0.1.0
 * Requires at least: 5.6
 * Requires PHP:      7.4
 * License:           MIT
 * Text Domain:       alttext-clip
 *
 * @package Alttext
 */

namespace Alttext;

defined( 'ABSPATH' ) || exit;

const OPTION  = 'alttext_clip_url';
const META    = '_wp_attachment_image_alt';
const SECONDS = 10;       // An upload waits no longer than this.
const LARGEST = 20971520; // Bytes; what the service takes by default.

add_filter( 'wp_generate_attachment_metadata', __NAMESPACE__ . '\on_metadata', 20, 3 );
add_action( 'admin_init', __NAMESPACE__ . '\register' );
add_action( 'admin_menu', __NAMESPACE__ . '\add_page' );

/**
 * Describes an image once WordPress is done with its upload, and leaves the metadata as it is.
 *
 * @param array  $metadata Metadata of the attachment.
 * @param int    $id       The attachment.
 * @param string $context  "create" for a new one.
 */
function on_metadata( $metadata, $id, $context = 'create' ) {
	if ( 'create' === $context && wants_description( $id ) ) {
		$alt = description( $id );
		if ( null !== $alt && wants_description( $id ) ) { // Nobody was faster.
			update_post_meta( $id, META, wp_slash( $alt ) );
		}
	}
	return $metadata;
}

/**
 * Whether an attachment is an image without an alternative that should have one.
 *
 * @param int $id The attachment.
 */
function wants_description( $id ) {
	return wp_attachment_is_image( $id )
		&& '' === trim( (string) get_post_meta( $id, META, true ) )
		/** Return false to leave an attachment alone. */
		&& apply_filters( 'alttext_clip_describe', true, $id );
}

/**
 * The alternative that the service is certain enough of, else null.
 *
 * @param int $id The attachment.
 */
function description( $id ) {
	$file = get_attached_file( $id );
	if ( '' === service() || ! $file || ! is_readable( $file ) || filesize( $file ) > LARGEST ) {
		return null;
	}
	$answer = json_decode( ask( $file, surroundings( $id ) ), true );
	if ( ! is_array( $answer ) || false !== ( $answer['review'] ?? true ) || ! is_string( $answer['text'] ?? null ) ) {
		return null;
	}
	$alt = sanitize_text_field( $answer['text'] );
	return '' === $alt ? null : $alt;
}

/**
 * What is known of the place where an image is shown.
 *
 * @param int $id The attachment.
 */
function surroundings( $id ) {
	return array(
		'lang'    => str_replace( '_', '-', get_locale() ),
		'caption' => mb_substr( wp_strip_all_tags( (string) get_post_field( 'post_excerpt', $id, 'raw' ) ), 0, 2000 ),
	);
}

/**
 * Sends an image to the service and returns its answer; empty if there is none in time.
 *
 * @param string $file   The image.
 * @param array  $fields What else to tell.
 */
function ask( $file, $fields ) {
	$boundary = wp_generate_password( 32, false );
	$body     = '';
	foreach ( $fields as $name => $value ) {
		$body .= "--$boundary\r\nContent-Disposition: form-data; name=\"$name\"\r\n\r\n$value\r\n";
	}
	$body .= "--$boundary\r\nContent-Disposition: form-data; name=\"image\"; filename=\"image\"\r\n\r\n";
	$body .= file_get_contents( $file ) . "\r\n--$boundary--\r\n"; // phpcs:ignore WordPress.WP.AlternativeFunctions
	$reply = wp_remote_post(
		service() . '/v1/describe',
		array(
			'timeout'     => SECONDS,
			'redirection' => 0,
			'headers'     => headers( "multipart/form-data; boundary=$boundary" ),
			'body'        => $body,
		)
	);
	return 200 === wp_remote_retrieve_response_code( $reply ) ? wp_remote_retrieve_body( $reply ) : '';
}

/**
 * Headers of a request; ALTTEXT_TOKEN of wp-config.php holds the token of the service.
 *
 * @param string $type Media type of the body.
 */
function headers( $type ) {
	$token = defined( 'ALTTEXT_TOKEN' ) ? array( 'Authorization' => 'Bearer ' . ALTTEXT_TOKEN ) : array();
	return $token + array( 'Content-Type' => $type );
}

/**
 * Address of the service: ALTTEXT_URL of wp-config.php, else that of the settings; empty is off.
 */
function service() {
	return untrailingslashit( defined( 'ALTTEXT_URL' ) ? ALTTEXT_URL : (string) get_option( OPTION, '' ) );
}

/**
 * Registers the setting.
 */
function register() {
	register_setting(
		'alttext-clip',
		OPTION,
		array(
			'type'              => 'string',
			'sanitize_callback' => __NAMESPACE__ . '\address',
			'default'           => '',
		)
	);
}

/**
 * An address as it is stored.
 *
 * @param mixed $given As it was sent.
 */
function address( $given ) {
	return is_string( $given ) ? esc_url_raw( trim( $given ), array( 'http', 'https' ) ) : '';
}

/**
 * Adds the page of settings.
 */
function add_page() {
	add_options_page( 'alttext', 'alttext', 'manage_options', 'alttext-clip', __NAMESPACE__ . '\show_page' );
}

/**
 * Shows the page of settings, and whether the service answers.
 */
function show_page() {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	$is_fixed = defined( 'ALTTEXT_URL' );
	?>
	<div class="wrap">
		<h1><?php echo esc_html( get_admin_page_title() ); ?></h1>
		<form action="options.php" method="post">
			<?php settings_fields( 'alttext-clip' ); ?>
			<table class="form-table" role="presentation">
				<tr>
					<th scope="row"><label for="<?php echo esc_attr( OPTION ); ?>"><?php esc_html_e( 'Address of the service', 'alttext-clip' ); ?></label></th>
					<td>
						<input type="url" class="regular-text" placeholder="http://127.0.0.1:8088"
							id="<?php echo esc_attr( OPTION ); ?>" name="<?php echo esc_attr( OPTION ); ?>"
							value="<?php echo esc_attr( service() ); ?>" <?php disabled( $is_fixed ); ?>
							aria-describedby="alttext-clip-state">
						<p class="description" id="alttext-clip-state"><?php echo esc_html( state() ); ?></p>
					</td>
				</tr>
			</table>
			<?php $is_fixed || submit_button(); ?>
		</form>
	</div>
	<?php
}

/**
 * Whether the service answers, in words.
 */
function state() {
	if ( '' === service() ) {
		return __( 'Without an address, no image is described.', 'alttext-clip' );
	}
	$reply = wp_remote_get( service() . '/readyz', array( 'timeout' => 3, 'redirection' => 0 ) );
	return 200 === wp_remote_retrieve_response_code( $reply )
		? __( 'The service answers.', 'alttext-clip' )
		: __( 'The service does not answer; images are uploaded without an alternative.', 'alttext-clip' );
}
